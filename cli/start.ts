import { main } from './main.ts';

/** `npm start` is `aperto up --simulate`; `npm start -- COMMAND …` is `aperto COMMAND …`. */
const words = process.argv.slice(2);
const [first] = words;
await main(first === undefined || first.startsWith('-') ? ['up', '--simulate', ...words] : words);
