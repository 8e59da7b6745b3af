import { ask } from '../ask.ts';

export interface QuarantineWords {
  readonly url: string;
  readonly limit: number;
}

interface Row {
  readonly id: number;
  readonly receivedAt: string;
  readonly topic: string;
  readonly reason: string;
  readonly detail: string;
  readonly payload: string;
}

export const listQuarantine = async ({ url, limit }: QuarantineWords): Promise<void> => {
  const path = `/api/v1/quarantine?limit=${limit}`;
  const { messages } = await ask<{ messages: readonly Row[] }>(url, path);
  for (const message of messages) process.stdout.write(`${JSON.stringify(message)}\n`);
};
