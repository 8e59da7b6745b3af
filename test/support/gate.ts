export interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

/** Holds whoever awaits `passed` until `open` is called. */
export const createGate = (): Gate => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
};
