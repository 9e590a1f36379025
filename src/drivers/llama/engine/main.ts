/** The engine process of a GGUF file. */
import { serveCalls } from '../../../isolation/index.ts';
import { count, reply } from './converse.ts';
import { embed, loadEmbedder } from './embed.ts';
import { load } from './runtime.ts';
import { close, extend, open, score } from './sheets.ts';

serveCalls({ load, count, reply, open, extend, close, score, loadEmbedder, embed });
