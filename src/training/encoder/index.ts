/** BERT-shaped encoders: learning to guess hidden words, and vectors of texts. */
export { type EncoderConfig, encoderConfig, parseEncoderConfig } from './config.ts';
export { createEncoder, type Encoder, type EncoderModel, type Guess, type GuessScore } from './encoder.ts';
export { createCourse as createEncoderCourse } from './encoder-course.ts';
export { judge as judgeEncoder } from './judge.ts';
export { type MaskedBatch, type Masking, maskBatch, maskedFeeds } from './masking.ts';
export { loadEncoderFolder, saveEncoderFolder } from './model-folder.ts';
export { encoderParameterCount, encoderParameters } from './network.ts';
export { encoderObjective, guessComputation, hiddenComputation } from './objective.ts';
export { ENCODER_TOKENS, MASK, wordTokens } from './tokens.ts';
