#!/usr/bin/env -S node --max-semi-space-size=64 --no-parallel-scavenge --max-old-space-size=768
import { main } from './main.ts';

await main(process.argv.slice(2));
