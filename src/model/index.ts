// The words of clew as types. Pure: no room of ours is imported here.
export { capabilityNames } from './agent.ts';
export type {
  AgentAdapter,
  AgentConversations,
  AgentProgram,
  AgentHooks,
  AgentMcp,
  CommandFile,
  McpServer,
  AgentName,
  AgentRoot,
  Capabilities,
  Capability,
  ConversationCut,
  CutPoint,
  Documents,
  FileContents,
  OwnSession,
  PlacedRecord,
  RecordOwner,
  RecordReader,
} from './agent.ts';
export { loadConfig } from './config.ts';
export type { CheckpointSettings, Config } from './config.ts';
export { systemContext } from './context.ts';
export type { Context } from './context.ts';
export { ClewError } from './errors.ts';
export type { ErrorCode } from './errors.ts';
export { explainNotWritable, isNotWritable, notWritable } from './not-writable.ts';
export * from './facts.ts';
export * from './file-facts.ts';
export { issueStates } from './issue-state.ts';
export type { IssueState } from './issue-state.ts';
export { innerLine, leftOutLine } from './left-out.ts';
export type { InnerRepository, LeftOut } from './left-out.ts';
export { noLimits, usualAlerts } from './limit.ts';
export type { AlertSettings, Limit, LimitSettings } from './limit.ts';
export { modelTier, requireModelTier } from './model-tier.ts';
export { shortId, shownLength } from './short-id.ts';
export type { ModelTier } from './model-tier.ts';
export { divideHalfEven, moneyText, toMicros } from './money.ts';
export { bytesOfPath, textOfPath } from './paths.ts';
export { day, priceEntries } from './price.ts';
export type { Price, PriceSettings } from './price.ts';
export type { AppliedPrice, Explanation, PriceOrigin, Pricing, Rates, Usage } from './pricing.ts';
export * from './record.ts';
export * from './session-state.ts';
export { sourceId } from './source.ts';
export type { SourceFile, Stamp } from './source.ts';
export { noTokens, totalTokens } from './tokens.ts';
export type { Tokens } from './tokens.ts';
export { isWithin } from './within.ts';
