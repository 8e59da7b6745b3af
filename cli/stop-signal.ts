/** Ctrl-C or a service manager's stop. The first asks to end in order, a second ends at once. */
export const stopSignal = (): { readonly signal: AbortSignal; readonly received: Promise<void> } => {
  const controller = new AbortController();
  const received = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => {
        controller.abort();
        resolve();
      });
    }
  });
  return { signal: controller.signal, received };
};
