/** Every sentence that a worker says. */
export const noAgent = "this session has no agent that could work on it";
