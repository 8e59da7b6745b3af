#!/usr/bin/env -S node --max-semi-space-size=64 --no-parallel-scavenge
import { main } from './main.ts';

await main(process.argv.slice(2));
