"""The Python client against a real system with a small model of random weights; run by test/python-client.test.ts, which sets
LLMAGENTOS_HOME."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from llmagentos import LLMAgent, LLMAgentError  # noqa: E402


class Client(unittest.TestCase):
    agent: LLMAgent

    @classmethod
    def setUpClass(cls) -> None:
        cls.agent = LLMAgent()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.agent.close()

    def test_a_text_keeps_its_length_and_its_form(self) -> None:
        poem = self.agent.generate_text('写一首关于星空的诗', 27, seed=7, candidates=2)
        self.assertIsInstance(poem, str)
        self.assertLessEqual(len(''.join(poem.work['lines'])), 27)
        self.assertTrue(poem.work['proof']['valid'])
        self.assertTrue(self.agent.replay(poem.work['id'])['equal'])
        self.assertIn(poem.work['id'], [work['id'] for work in self.agent.works.list(medium='verse')])
        self.assertEqual(self.agent.works.get(poem.work['id'][:8])['id'], poem.work['id'])
        again = self.agent.generate_text('写一首关于星空的诗', max_length=27, seed=7, candidates=2)
        self.assertEqual(again, poem)
        acts = list(self.agent.ledger(poem.work['id']))
        self.assertEqual({act['act'] for act in acts} & {'made', 'replayed'}, {'made', 'replayed'})
        self.assertEqual([act['seq'] for act in self.agent.ledger(limit=2)], [act['seq'] for act in self.agent.ledger()][:2])

    def test_b_a_stream_tells_what_happens(self) -> None:
        stream = self.agent.stream_text('登高', form='五绝', candidates=2)
        types = [event['type'] for event in stream]
        self.assertEqual(types[-1], 'job-end')
        self.assertIn('job-work', types)
        self.assertEqual(len(stream.result().work['lines']), 4)

    def test_c_a_picture_and_music_are_files(self) -> None:
        picture = self.agent.generate_image('一轮明月', painter='pixel', size=[96, 64], seed=1)
        self.assertEqual(picture.export()[:4], b'\x89PNG')
        with tempfile.TemporaryDirectory() as folder:
            saved = picture.save(Path(folder) / 'moon.webp')
            self.assertEqual(saved.read_bytes()[8:12], b'WEBP')
            brought = self.agent.upload(saved)
            self.assertEqual(brought['file']['medium'], 'file')
        tune = self.agent.compose_music('一首欢快的小曲', bars=4, seed=1)
        self.assertEqual(tune.export('mid')[:4], b'MThd')

    def test_c_an_agent_by_rules_takes_a_brief(self) -> None:
        agent = self.agent.run_agent('写一首五言绝句', role='poet', model=None, budget={'steps': 2})
        types = [event['type'] for event in agent]
        self.assertIn('job-work', types)
        ended = agent.result()
        self.assertEqual(ended['agent']['phase'], 'spent')
        self.assertEqual([work['id'] for work in ended['works']], ended['agent']['works'])

    def test_d_works_that_belong_together_and_any_op(self) -> None:
        made = self.agent.create('写一首关于秋月的五绝', arts=['poem'], poem={'candidates': 2}, seed=2)
        self.assertIsNotNone(made.plan)
        self.assertIsNotNone(made.poem)
        self.assertIsNone(made.picture)
        checked = self.agent.run('verse/check', options={'text': '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。'}).result()
        self.assertTrue(checked['works'] or checked['report'])
        self.assertIn('verse/compose', [op['name'] for op in self.agent.ops()])
        self.assertIn('verse-zh', [model['name'] for model in self.agent.models()])
        self.assertEqual(self.agent.system()['name'], 'LLMAgentOS')

    def test_e_errors_say_who_can_mend_them_and_how(self) -> None:
        with self.assertRaises(LLMAgentError) as short:
            self.agent.generate_text('写一首七律', 40)
        self.assertEqual((short.exception.kind, short.exception.code), ('input', 'server/too-short-for-form'))
        self.assertIn('40', short.exception.message)
        self.assertTrue(short.exception.hint)
        self.assertTrue(short.exception.zh and short.exception.zh['message'])
        with self.assertRaises(LLMAgentError) as missing:
            self.agent.works.get('ffffffffffffffff')
        self.assertEqual(missing.exception.kind, 'missing')
        with self.assertRaises(LLMAgentError) as away:
            LLMAgent(url='http://127.0.0.1:9').system()
        self.assertEqual(away.exception.code, 'sdk/unreachable')

    def test_f_whoever_stops_listening_cancels(self) -> None:
        running = self.agent.run('prose/complete', options={'prompt': '却说', 'maxTokens': 4000})
        for event in running:
            if event['type'] in ('job-start', 'job-progress', 'job-preview'):
                break
        state = ''
        while state not in ('cancelled', 'done', 'failed'):
            state = next(job['state'] for job in self.agent.jobs() if job['id'] == running.job)
        self.assertEqual(state, 'cancelled')

    def test_g_another_agent_finds_the_same_system(self) -> None:
        with LLMAgent(home=os.environ['LLMAGENTOS_HOME']) as other:
            self.assertEqual(other.system()['home'], self.agent.system()['home'])
            self.assertIsNone(other._child)

    def test_h_a_closed_agent_says_so(self) -> None:
        other = LLMAgent()
        other.close()
        with self.assertRaises(LLMAgentError) as closed:
            other.system()
        self.assertEqual(closed.exception.code, 'sdk/closed')


if __name__ == '__main__':
    unittest.main(verbosity=2)
