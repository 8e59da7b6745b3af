export type Closer = () => Promise<void>;

/**
 * Opens parts, each of which pushes what closes it. `close` closes them last first; whatever fails on the way closes what
 * was opened.
 */
export const openClosable = async <Opened extends object>(
  open: (closers: Closer[]) => Promise<Opened>,
): Promise<Opened & { close(): Promise<void> }> => {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const closer of closers.splice(0).reverse()) {
      // What cannot be closed keeps nothing else open.
      await Promise.resolve(closer()).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await open(closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
};
