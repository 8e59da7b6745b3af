import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';

/** Whether Docker, Podman or another engine that speaks its protocol answers here. */
export const containerEngineAnswers = async (): Promise<boolean> => {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
};

export interface ContainerOptions {
  readonly image: string;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Files by their path in the container. */
  readonly files?: Readonly<Record<string, string>>;
  /** Path that answers 200 once it is ready; where absent, an open port is enough. */
  readonly readyPath?: string;
}

export const startContainer = async ({
  image,
  port,
  environment = {},
  files = {},
  readyPath,
}: ContainerOptions): Promise<StartedTestContainer> =>
  await new GenericContainer(image)
    .withExposedPorts(port)
    .withEnvironment({ ...environment })
    .withCopyContentToContainer(Object.entries(files).map(([target, content]) => ({ target, content })))
    .withWaitStrategy(readyPath === undefined ? Wait.forListeningPorts() : Wait.forHttp(readyPath, port))
    .start();
