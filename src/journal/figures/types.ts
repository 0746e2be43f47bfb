// Figures of agents, issues, skills and sessions. Durations are in milliseconds; what there is none of is 0.

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** What an agent did, by its name or that of its program. */
export interface AgentFigures {
  readonly agent: string;
  readonly sessions: number;
  /** Those that go on, or are paused. */
  readonly active: number;
  /** Of all sessions, what each had before the model at its end. */
  readonly contextTokens: number;
  /** Over sessions that have ended. */
  readonly averageMs: number;
  /** Distinct ones that it worked on. */
  readonly issues: number;
  readonly completed: number;
  readonly skillUses: number;
  /** The five used most. */
  readonly skills: readonly Counted[];
}

export interface IssueFigures {
  readonly issue: string;
  readonly work: number;
  readonly agents: number;
  readonly completed: boolean;
  /** Work at the same time counts for each; what is open counts until now. */
  readonly totalMs: number;
  /** The one with most work first. */
  readonly byAgent: readonly {
    readonly agent: string | null;
    readonly work: number;
    readonly totalMs: number;
    readonly completed: number;
  }[];
}

export interface SkillFigures {
  readonly skill: string;
  readonly uses: number;
  readonly sessions: number;
  readonly agents: number;
  /** Tokens, as far as the uses tell. */
  readonly contextAdded: number;
  /** Over uses that tell. */
  readonly averageContextAdded: number;
  /** The five that used it most. */
  readonly byAgent: readonly Counted[];
}

export interface OverallFigures {
  readonly sessions: number;
  readonly active: number;
  readonly agents: number;
  readonly contextTokens: number;
  readonly issues: number;
  readonly completed: number;
  /** Distinct ones. */
  readonly skills: number;
  /** The five with most sessions. */
  readonly byAgent: readonly Counted[];
}

export interface SessionDuration {
  readonly session: string;
  readonly agent: string;
  readonly title: string | null;
  readonly startedAt: string | null;
  /** null while it goes on. */
  readonly endedAt: string | null;
  readonly durationMs: number;
  readonly completed: boolean;
}

export interface FigureFilter {
  /** Milliseconds: of sessions that began then or later, and of what was done in them. */
  readonly since?: number | undefined;
}
