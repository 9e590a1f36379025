/** What every model that looks at pictures promises, whatever runs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EYE_SKILLS, type EyeSkill, type PictureEye, rankPictures } from '../ports/picture-eye.ts';
import type { PixelPlanes } from '../ports/picture-model.ts';

export interface EyeContract {
  /** Opens the model; each test disposes of it. */
  readonly open: () => Promise<PictureEye>;
  /** Promises that it does not keep, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** A square that goes from one colour to another. */
const slope = (side: number, channels: number, turn = 1): PixelPlanes => ({
  width: side,
  height: side,
  channels,
  data: Float32Array.from({ length: side * side * channels }, (_, i) => turn * (((i % side) / (side - 1)) * 2 - 1)),
});

/** Registers the promises PE1 to PE5 as tests. */
export function pictureEyeContract(name: string, { open, skip = {} }: EyeContract): void {
  const promise = (id: string, says: string, run: (eye: PictureEye) => Promise<void>): void =>
    void test(`[${id}] ${name}: ${says}`, { skip: skip[id] ?? false }, async () => {
      await using eye = await open();
      await run(eye);
    });
  promise('PE1', 'it says who it is and what it can', async (eye) => {
    assert.match(eye.identity.digest, /^[0-9a-f]{64}$/);
    assert.ok(eye.skills.length > 0 && eye.skills.every((skill) => EYE_SKILLS.includes(skill)));
  });
  promise('PE2', 'what is not among its skills is refused', async (eye) => {
    for (const skill of EYE_SKILLS.filter((one) => !eye.skills.includes(one))) {
      await assert.rejects(look(eye, skill, slope(16, 3)), { code: 'engine/cannot' }, skill);
    }
  });
  promise('PE3', 'grey and coloured pictures of any size are looked at, and give planes of their size', async (eye) => {
    for (const picture of [slope(16, 3), slope(24, 1)]) {
      for (const skill of eye.skills) {
        const found = await look(eye, skill, picture);
        if (skill === 'depth' || skill === 'subject') checkPlane(found as PixelPlanes, picture);
      }
    }
  });
  promise('PE4', 'the same look sees the same', async (eye) => {
    for (const skill of eye.skills) {
      assert.deepEqual(await look(eye, skill, slope(16, 3)), await look(eye, skill, slope(16, 3)), skill);
    }
  });
  promise('PE5', 'every picture is matched with every text, and a ranking names each once', async (eye) => {
    if (!eye.skills.includes('match')) return;
    const pictures = [slope(16, 3), slope(16, 3, -1), slope(16, 1)];
    const rows = await eye.match(pictures, ['a boat', 'moon']);
    assert.deepEqual(
      rows.map(({ length }) => length),
      [2, 2, 2],
    );
    for (const row of rows) for (const fit of row) assert.ok(fit >= -1.0001 && fit <= 1.0001);
    assert.deepEqual(await eye.match([], ['moon']), []);
    const ranked = await rankPictures(eye, pictures, 'moon');
    assert.deepEqual(ranked.map(({ index }) => index).sort(), [0, 1, 2]);
    assert.ok(ranked[0]!.score >= ranked[2]!.score);
  });
}

function look(eye: PictureEye, skill: EyeSkill, picture: PixelPlanes): Promise<unknown> {
  return skill === 'match' ? eye.match([picture], ['moon']) : eye[skill](picture);
}

function checkPlane({ width, height, channels, data }: PixelPlanes, picture: PixelPlanes): void {
  assert.deepEqual([width, height, channels], [picture.width, picture.height, 1]);
  assert.equal(data.length, width * height);
  assert.ok(data.every((value) => value >= -1 && value <= 1));
}
