// What the model does in the sessions that are gone on with, for every client: the name of the scenario, and the commands
// that it runs one after the other before it says that it is done.
export const storySteps = [
  ['one', 'echo one > app.txt'],
  ['two', 'echo two > app.txt', 'echo more > more.txt'],
  ['three', 'echo three > app.txt'],
  ['four'],
  ['left', 'echo left > app.txt'],
  ['right', 'echo right > app.txt'],
  ['gone', 'echo gone > app.txt'],
] as const satisfies readonly (readonly [string, ...(readonly string[])])[];

export type Scenario = (typeof storySteps)[number][0];
