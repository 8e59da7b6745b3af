#!/usr/bin/env -S node --max-semi-space-size=32
import { main } from './main.ts';

await main(process.argv.slice(2));
