/** Painters behind an address keep the promises of the port, on servers that answer as their references document. */
import { after } from 'node:test';
import sharp from 'sharp';
import { createA1111Driver, createComfyDriver, createOpenAiDriver } from '../src/drivers/remote/index.ts';
import { startComfy } from '../src/drivers/remote/trial/comfy-server.ts';
import { trialFolder } from '../src/drivers/remote/trial/open-trial.ts';
import { type Behaviour, send, startTrialServer } from '../src/drivers/remote/trial/trial-server.ts';
import { trialSurroundings } from '../src/drivers/remote/trial/trial-surroundings.ts';
import { pictureModelContract } from '../src/kernel/contracts/picture-model-contract.ts';

const wish = { labels: [{ label: 'moon', weight: 1 }] };
const around = trialSurroundings();

async function painted(width: number, height: number): Promise<string> {
  const background = { r: 30, g: 60, b: 90 };
  return (
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString('base64');
}

const NOT_REPEATED = { PM3: 'an engine out of sight promises no repetition; its identity says so' };

const a1111: Behaviour = async (reply, heard) => {
  if (heard.method === 'GET') return send(200, { progress: 0.5, current_image: null })(reply, heard);
  return send(200, { images: [await painted(heard.body.width, heard.body.height)] })(reply, heard);
};
const webui = await startTrialServer(a1111);

pictureModelContract('a1111', {
  open: () => createA1111Driver(around).createPictureModel!(trialFolder({ baseUrl: webui.url, size: [64, 48] })),
  wish,
  skip: NOT_REPEATED,
});

const openai = await startTrialServer(async (reply, heard) => {
  const size = String(heard.body?.size ?? /name="size"\r\n\r\n(\S+)/.exec(heard.text)?.[1]);
  const [width = 0, height = 0] = size.split('x').map(Number);
  return send(200, { data: [{ b64_json: await painted(width, height) }] })(reply, heard);
});

pictureModelContract('openai', {
  open: () => {
    const card = { baseUrl: `${openai.url}/v1`, model: 'm', roles: ['picture'], size: [64, 48] };
    return createOpenAiDriver(around).createPictureModel!(trialFolder(card));
  },
  wish,
  skip: NOT_REPEATED,
});

const WORKFLOW = {
  3: { class_type: 'KSampler', inputs: { seed: 1, positive: ['6', 0], negative: ['6', 0], latent_image: ['5', 0] } },
  5: { class_type: 'EmptyLatentImage', inputs: { width: 32, height: 24 } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: '' } },
  10: { class_type: 'LoadImage', inputs: { image: '' } },
  12: { class_type: 'LoadImageMask', inputs: { image: '' } },
};
const comfy = await startComfy({ picture: Buffer.from(await painted(32, 24), 'base64') });

pictureModelContract('comfy', {
  open: () => {
    const card = { baseUrl: comfy.url, workflow: 'w.json', inputs: { mask: '12.image' } };
    return createComfyDriver(around).createPictureModel!(trialFolder(card, { 'w.json': JSON.stringify(WORKFLOW) }));
  },
  wish,
  skip: NOT_REPEATED,
});

after(() => Promise.all([webui, openai, comfy].map((server) => server[Symbol.asyncDispose]())));
