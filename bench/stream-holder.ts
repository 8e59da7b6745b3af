import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** Opens event streams and reads all that comes: `node stream-holder.js URL COUNT`. One line of JSON once all are open. */
const [url = '', count = '0'] = process.argv.slice(2);

const open = async (): Promise<void> => {
  const request = get(url, { agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response?.statusCode !== 200) throw new Error(`${url}: ${response?.statusCode}`);
  const isOpen = once(response, 'data');
  response.resume();
  await isOpen;
};

for (let opened = 0; opened < Number(count); opened++) await open();
process.stdout.write(`${JSON.stringify({ streams: count })}\n`);
