/** The desk's words, and the ring its events go round in. */
export type {
  AgentRunTask,
  Art,
  CreateTask,
  CreateWish,
  Desk,
  DeskEvent,
  DeskJob,
  DeskState,
  DeskView,
  ListenOptions,
  NumberedEvent,
  OpTask,
  RunningTask,
  Submission,
  Task,
  TaskEvent,
  TaskResult,
  TaskRunner,
  TrainTask,
  TrainWish,
} from './desk.ts';
export { createEventRing, type EventRing } from './event-ring.ts';
