export {
  type AgentAct,
  type AgentBudget,
  type AgentControl,
  type AgentMemory,
  type AgentPhase,
  type AgentQuestion,
  type AgentState,
  type AgentStep,
  type AgentTask,
  type AgentThought,
  type AgentUse,
  type AgentWish,
  anyStrange,
  bornAgent,
  boundReached,
  controlAgent,
  type Effect,
  type Engine,
  fence,
  getAgent,
  type Hands,
  type LoopParts,
  type Mind,
  type ModelMindParts,
  markInWords,
  modelMind,
  nameOf,
  notGranted,
  opTool,
  type PromptMark,
  readInput,
  runAgent,
  type ThinkContext,
  type Thinking,
  type Tool,
  type Toolbox,
  type ToolContext,
  type ToolResult,
  tellWork,
  toolName,
  USUAL_BUDGET,
  workNamed,
  worksMade,
} from './agent/index.ts';
export { artsAsked } from './arts-asked.ts';
export { BROUGHT, type BroughtFile, bringFile, LARGEST_FILE } from './bring.ts';
export { choose } from './choose.ts';
export {
  type Art,
  type CreateTask,
  type CreateWish,
  createEventRing,
  type Desk,
  type DeskEvent,
  type DeskJob,
  type DeskState,
  type DeskView,
  type EventRing,
  type ListenOptions,
  type NumberedEvent,
  type OpTask,
  type RunningTask,
  type Submission,
  type Task,
  type TaskEvent,
  type TaskResult,
  type TaskRunner,
  type TrainTask,
  type TrainWish,
} from './desk/index.ts';
export { type EngineFault, engineFault, type FaultDetail, mayTryAgain } from './engine-faults.ts';
export type { JobEvent, JobResult, JobRun } from './job.ts';
export { asJob, isWithoutWayOut, type JobAtWork, jobAtWork, withoutWayOut } from './job-context.ts';
export type { Kernel } from './kernel.ts';
export { ancestors, descendants, type LineageNode } from './lineage.ts';
export {
  defineOp,
  type InputWork,
  type Op,
  type OpContext,
  type OpDefinition,
  type OpInput,
  type OpOutput,
  type OpResult,
  type Preview,
} from './op.ts';
export {
  type Bilingual,
  bilingualSchema,
  type MusicWish,
  musicWishSchema,
  type Plan,
  type PlanPart,
  planParts,
  planSchema,
  type Theme,
  themeSchema,
  type VerseWish,
  verseWishSchema,
} from './plan.ts';
export type { AgentChange, AgentStore } from './ports/agent-store.ts';
export type { BlobStore } from './ports/blob-store.ts';
export type {
  ChatMessage,
  ChatModel,
  ChatPart,
  ChatReply,
  ChatRequest,
  ChatTool,
  ChatUsage,
  ToolCall,
} from './ports/chat-model.ts';
export type { Clock } from './ports/clock.ts';
export type { DeskChange, DeskStore } from './ports/desk-store.ts';
export { type Filling, GAP, type GapFiller } from './ports/gap-filler.ts';
export type { Ids } from './ports/ids.ts';
export type { Job, JobEnd, JobState, JobStore } from './ports/job-store.ts';
export type { Ledger, LedgerDraft, LedgerEntry, LedgerVerdict } from './ports/ledger.ts';
export type { LibraryQuery, LibraryStore, MarkChange, Marks, WorkWords } from './ports/library-store.ts';
export type { ModelCatalogue, ModelEntry } from './ports/model-catalogue.ts';
export {
  type DriverSurroundings,
  type FetchOptions,
  MODEL_ROLES,
  type ModelDriver,
  type ModelFolder,
  type ModelRole,
  type ModelSource,
  type Recognised,
} from './ports/model-driver.ts';
export {
  EYE_SKILLS,
  type EyeSkill,
  type LookOptions,
  type PictureEye,
  type Ranked,
  rankPictures,
} from './ports/picture-eye.ts';
export type {
  NearestSeen,
  PictureModel,
  PictureRequest,
  PictureSource,
  PixelPlanes,
  WeightedLabel,
} from './ports/picture-model.ts';
export type { PictureReader, ReadPicture, ReadPictureOptions } from './ports/picture-reader.ts';
export type { SoundModel, SoundRequest } from './ports/sound-model.ts';
export type { Commit, Storage } from './ports/storage.ts';
export type { TextEmbedder } from './ports/text-embedder.ts';
export type { ModelIdentity, TokenBatch, TokenModel } from './ports/token-model.ts';
export {
  type Errand,
  OUT_PURPOSES,
  type OutPurpose,
  type OutSocket,
  type Price,
  type WayOut,
} from './ports/way-out.ts';
export type { Outcome, WorkQuery, WorkStore } from './ports/work-store.ts';
export type {
  EvaluateRequest,
  Made,
  PreferencePair,
  PreferRequest,
  RepositoryRequest,
  TrainRequest,
  Workshop,
  WorkshopHooks,
} from './ports/workshop.ts';
export { checkOptions, checkRun, loadWork, type RunRequest } from './prepare.ts';
export type { Progress } from './progress.ts';
export { hashRecord, type OpRecord } from './record.ts';
export { type Replay, replayWork } from './replay.ts';
export {
  createResidency,
  type Guest,
  type Residency,
  type ResidencyOptions,
  type Resident,
  type Stay,
} from './residency.ts';
export { askOp, runOp } from './run-op.ts';
export {
  ELEMENT_KINDS,
  RELATIONS,
  type SceneElement,
  type SceneWish,
  sceneElementSchema,
  sceneWishSchema,
} from './scene.ts';
export { LEDGER_START, sealEntry, verifyChain } from './seal.ts';
export { checkSoundLength } from './sound-length.ts';
export {
  type Beside,
  defineStudio,
  type Format,
  type Measure,
  refuseDuplicates,
  type Studio,
  type ThumbnailLook,
  type Written,
} from './studio.ts';
export { nameWork, type Work, type WorkFacts } from './work.ts';
