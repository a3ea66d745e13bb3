/** What the process says to scripts. */
export const exitCode = {
  clean: 0,
  findings: 1,
  couldNotRun: 2,
  /** Nothing was found, but too little was seen to claim that there is nothing. */
  sawTooLittle: 4,
  /** 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
