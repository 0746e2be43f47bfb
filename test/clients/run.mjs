// Starts the end-to-end test with real clients. Plain JavaScript, so that an old Node gets far enough to say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This test needs Node 22.18 or newer; this is ${process.version}. Start it with: npm run test:clients`,
  );
  process.exit(1);
}
// `--agent NAME`: another agent than Claude Code, whose test is in a folder of that name.
const agent = process.argv[process.argv.indexOf('--agent') + 1];
await import(process.argv.includes('--agent') ? `./${agent}/main.ts` : './main.ts');
