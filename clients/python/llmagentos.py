"""The client of LLMAgentOS for Python: one file, the standard library alone, Python 3.9 or later.

    from llmagentos import LLMAgent

    with LLMAgent() as agent:
        poem = agent.generate_text('写一首关于星空的诗', max_length=100)
        print(poem)                      # the words
        print(poem.work['proof']['valid'])
        agent.generate_image('江上一叶小舟，远山，暮色').save('boat.png')
        agent.compose_music('a calm tune for the evening').save('evening.mid')

The agent finds the system that runs on this machine (its address and key stand in ``<home>/server.json``; the home folder
is ``LLMAGENTOS_HOME``, or ``~/.llmagentos``), or starts one that ends with the program. Nothing leaves the machine.
Options are those of the system, written ``in_snake_case``; everything that goes wrong is an ``LLMAgentError``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any, Callable, Dict, Generator, Iterable, Iterator, List, Mapping, Optional, Sequence, Union

__all__ = ['LLMAgent', 'LLMAgentError', 'Text', 'Art', 'Creation', 'Trained', 'Running']

Json = Dict[str, Any]
PathLike = Union[str, 'os.PathLike[str]']
_Finish = Callable[[Json, Mapping[str, str]], Any]

_START_PATIENCE = 90.0  # seconds until a started system must answer
_LOST_PATIENCE = 20.0  # seconds that the system may be away in the middle of a job
_CONNECT_PATIENCE = 10.0  # seconds
_READ_PATIENCE = 120.0  # seconds without a byte; a stream of events beats more often


class LLMAgentError(Exception):
    """Anything that went wrong.

    ``kind`` says who can mend it: input, denied, missing, conflict, exhausted, unavailable, cancelled or bug. ``code`` is
    stable (``room/what-happened``; see docs/errors.md), ``hint`` says how to mend it, ``zh`` says the same in Chinese.
    """

    def __init__(
        self, kind: str, code: str, message: str, hint: str = '', zh: Optional[Mapping[str, str]] = None
    ) -> None:
        super().__init__(f'{message} {hint}'.strip())
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint
        self.zh = zh

    @classmethod
    def of(cls, error: Mapping[str, Any]) -> 'LLMAgentError':
        """From the shape in which errors travel."""
        return cls(
            str(error.get('kind', 'bug')),
            str(error.get('code', 'sdk/bad-answer')),
            str(error.get('message', '')),
            str(error.get('hint', '')),
            error.get('zh'),
        )


class Text(str):
    """A finished text: the words themselves, with the work behind them."""

    work: Json
    works: List[Json]

    def __new__(cls, works: Sequence[Json]) -> 'Text':
        made = super().__new__(cls, works[0]['text'])
        made.work = works[0]
        made.works = list(works)
        return made


class Art:
    """A finished picture or piece of music. ``work`` is the first, ``works`` are all that were asked for."""

    def __init__(self, agent: 'LLMAgent', works: Sequence[Json], usual: str) -> None:
        self._agent = agent
        self._usual = usual
        self.works: List[Json] = list(works)
        self.work: Json = self.works[0]

    def export(self, format: Optional[str] = None, **settings: Any) -> bytes:
        """The first work as a file: png, webp, svg …; mid, musicxml, wav, mp3 …; see ``work['formats']``."""
        return self._agent.export(self.work['id'], format or self._usual, **settings)

    def save(self, path: PathLike, **settings: Any) -> Path:
        """Writes the first work to a file, in the format of its ending."""
        target = Path(path)
        ending = target.suffix.lstrip('.').lower()
        named = {'jpg': 'jpeg', 'midi': 'mid', 'xml': 'musicxml'}.get(ending, ending)
        target.write_bytes(self.export(named or None, **settings))
        return target


class Creation:
    """Works that belong together; those that were not made are None."""

    def __init__(self, works: Sequence[Json], roles: Mapping[str, str]) -> None:
        self.works: List[Json] = list(works)

        def first(role: str) -> Optional[Json]:
            return next((work for work in self.works if roles.get(work['id']) == role), None)

        self.plan = first('plan')
        self.poem = first('poem')
        self.picture = first('picture')
        self.tune = first('tune')


class Trained:
    """A trained model: its name, the works on the way to it (corpus, dataset, model), and what was measured."""

    def __init__(self, name: str, works: Sequence[Json], report: Any) -> None:
        self.name = name
        self.works: List[Json] = list(works)
        self.report = report


class Running:
    """A job while it runs: iterate for events (dicts with ``type``), or ask for its ``result()``.

    Whoever stops iterating early, by ``break`` or an exception, cancels the job.
    """

    def __init__(self, agent: 'LLMAgent', job: str, finish: _Finish) -> None:
        self._agent = agent
        self._finish = finish
        self._roles: Dict[str, str] = {}
        self._result: Any = None
        self._done = False
        self._events = self._follow()
        self.job = job

    def __iter__(self) -> Iterator[Json]:
        try:
            yield from self._events
        finally:
            # Left early: nothing more is read, so the job is cancelled; at its end this does nothing.
            self._events.close()

    def result(self) -> Any:
        """Waits for the end. Raises what the job raised."""
        for _ in self._events:
            pass
        if not self._done:
            raise _cancelled()
        return self._result

    def cancel(self) -> None:
        """Stops the job; its result then raises an error of the kind ``cancelled``."""
        self._agent.cancel(self.job)

    def _follow(self) -> Generator[Json, None, None]:
        ended = False
        try:
            for event in self._agent._events(self.job):
                kind = event.get('type')
                if kind == 'job-work':
                    self._roles[event['work']['id']] = event['role']
                ended = kind in ('job-end', 'job-error')
                if kind == 'job-end':
                    self._result = self._finish(event, self._roles)
                    self._done = True
                if kind not in ('reset', 'works-changed'):
                    yield event
                if kind == 'job-error':
                    raise LLMAgentError.of(event['error'])
                if ended:
                    return
        finally:
            if not ended:
                self._agent._cancel_quietly(self.job)


class Works:
    """The works that were made before, on this machine."""

    def __init__(self, agent: 'LLMAgent') -> None:
        self._agent = agent

    def list(
        self,
        text: Optional[str] = None,
        *,
        medium: Optional[str] = None,
        limit: Optional[int] = None,
        before: Optional[str] = None,
        **query: Any,
    ) -> List[Json]:
        """Newest first, 50 unless ``limit`` says otherwise; ``before`` is the id of a work: only older ones."""
        given = _camel({'text': text, 'medium': medium, 'limit': limit, 'before': before, **query})
        return self._agent._call('GET', '/api/works', query=given)['works']

    def get(self, id: str) -> Json:
        """A work with all that is known of it, by its id or its first digits."""
        return self._agent._call('GET', f'/api/works/{_quoted(id)}')

    def content(self, id: str) -> bytes:
        """The content, as it was kept."""
        return self._agent._bytes(f'/api/works/{_quoted(id)}/content')


class LLMAgent:
    """Asks LLMAgentOS for works.

    ``url`` and ``key`` name a running system; without them the one of the home folder is found, or started. ``launcher``
    is the path of ``bin/llmagentos``; by default that of the repository this file lies in, else ``llmagentos`` on the PATH.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        home: Optional[PathLike] = None,
        launcher: Optional[PathLike] = None,
    ) -> None:
        named = home or os.environ.get('LLMAGENTOS_HOME')
        self.home = Path(named) if named else Path.home() / '.llmagentos'
        self.works = Works(self)
        self._url = url.rstrip('/') if url else None
        self._key = key
        self._launcher = launcher
        self._child: Optional[subprocess.Popen[bytes]] = None
        self._readers: List[threading.Thread] = []
        self._closed = False
        self._lock = threading.Lock()
        # Proxies are for what is far away.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __enter__(self) -> 'LLMAgent':
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def generate_text(
        self,
        prompt: str,
        max_length: Optional[int] = None,
        *,
        seed: Optional[int] = None,
        count: Optional[int] = None,
        **options: Any,
    ) -> Text:
        """A brief, in Chinese or English, becomes a text: by default one classical Chinese poem with the proof of its form.

        ``max_length`` is the greatest number of characters, punctuation apart. Other options are those of
        ``verse/compose``: form, rhyme, title, themes, acrostic, first_line, require, ban, candidates, temperature …
        """
        return self.stream_text(prompt, max_length, seed=seed, count=count, **options).result()

    def stream_text(
        self,
        prompt: str,
        max_length: Optional[int] = None,
        *,
        seed: Optional[int] = None,
        count: Optional[int] = None,
        **options: Any,
    ) -> Running:
        """As ``generate_text``, with everything that happens on the way; its ``result()`` is the text."""
        poem = _camel({'max_length': max_length, **options})
        request = {'brief': prompt, 'arts': ['poem'], 'seed': seed, 'count': count, 'poem': poem}

        def finish(end: Json, roles: Mapping[str, str]) -> Text:
            return Text(self._pages(end, roles, 'poem'))

        return self._start('/api/create', request, finish)

    def generate_image(
        self, prompt: str, *, seed: Optional[int] = None, count: Optional[int] = None, **options: Any
    ) -> Art:
        """A brief becomes a picture. Options are those of ``image/paint``: painter, size, longest, seal, negative …"""
        return self._make('picture', 'png', prompt, seed, count, options)

    def compose_music(
        self, prompt: str, *, seed: Optional[int] = None, count: Optional[int] = None, **options: Any
    ) -> Art:
        """A brief becomes a piece of music. Options are those of ``music/compose``: style, key, metre, tempo, bars …"""
        return self._make('tune', 'mid', prompt, seed, count, options)

    def create(self, prompt: Optional[str] = None, **options: Any) -> Creation:
        """A brief becomes a plan, a poem, a picture and a tune that belong together.

        Options: plan (an id), arts (some of poem, picture, tune), count, seed, and poem, picture, tune with options of each.
        """
        return self.stream_create(prompt, **options).result()

    def stream_create(self, prompt: Optional[str] = None, **options: Any) -> Running:
        """As ``create``, with everything that happens on the way: each ``job-work`` is one finished work."""
        return self._start(
            '/api/create', {'brief': prompt, **_camel(options)}, lambda end, roles: Creation(end['works'], roles)
        )

    def train(
        self,
        name: str,
        files: Union[PathLike, Iterable[PathLike]],
        on_event: Optional[Callable[[Json], Any]] = None,
        **options: Any,
    ) -> Trained:
        """An artist's own files become a model of this name.

        ``files``: a folder on the machine of the system, or files to send. Options: kind, base, method, epochs, steps,
        script, style, licence, replace, seed. ``on_event`` is called with each event.
        """
        request = {'name': name, **_camel(options), **self._training_files(files)}
        running = self._start('/api/train', request, lambda end, _: Trained(name, end['works'], end.get('report')))
        for event in running:
            if on_event is not None:
                on_event(event)
        return running.result()

    def run_agent(self, brief: str, **options: Any) -> Running:
        """Gives a brief to an agent that plans, uses the studios, looks at what comes and improves it.

        Options: role, model (None: by rules), models, works, budget (steps, seconds, tokens, money), language, seed.
        ``result()`` is ``{'agent': …, 'works': […]}`` when the agent has ended or needs the artist.
        """
        request = {'brief': brief, **_camel(options)}
        if 'model' in options:
            request['model'] = options['model']
        started = self._call('POST', '/api/agents', request)
        agent = started['agent']['id']

        def finish(end: Json, _: Mapping[str, str]) -> Json:
            return {'agent': self._call('GET', f'/api/agents/{agent}'), 'works': end['works']}

        return Running(self, started['job']['id'], finish)

    def run(
        self,
        op: str,
        inputs: Sequence[str] = (),
        options: Optional[Mapping[str, Any]] = None,
        *,
        seed: Optional[int] = None,
        fresh: Optional[bool] = None,
    ) -> Running:
        """Runs any op of ``ops()``; ``result()`` is ``{'works': […], 'report': …}``. Options go under their own names."""
        request = {'op': op, 'inputs': list(inputs), 'options': dict(options or {}), 'seed': seed, 'fresh': fresh}
        return self._start(
            '/api/jobs', request, lambda end, _: {'works': end['works'], 'report': end.get('report')}
        )

    def ops(self) -> List[Json]:
        """Every creative step, with the JSON Schema of its options."""
        return self._call('GET', '/api/ops')['ops']

    def models(self) -> List[Json]:
        """Models at hand, with their cards."""
        return self._call('GET', '/api/models')['models']

    def add_model(self, source: str, **more: Any) -> Json:
        """Adds a model by its content: a path on the system's machine, or a server that was granted before. ``name``, ``licence``,
        ``copy``, ``driver`` and ``fields`` are optional."""
        return self._call('POST', '/api/models', {'source': source, **more})

    def remove_model(self, name: str) -> None:
        """Takes one of your models away; files that its card only names stay."""
        self._call('DELETE', f'/api/models/{_quoted(name)}')

    def system(self) -> Json:
        """Version, memory, jobs."""
        return self._call('GET', '/api/system')

    def ledger(self, work: Optional[str] = None, limit: Optional[int] = None) -> Iterator[Json]:
        """The acts on the ledger, newest first, to the first of all: each with ``seq``, ``at``, ``actor``, ``act``, ``facts`` and
        ``hash``. ``work``: only those that name it; ``limit``: at most so many."""
        before: Optional[int] = None
        left = float('inf') if limit is None else limit
        while left > 0:
            query = {'work': work, 'before': before, 'limit': int(min(left, 500))}
            page = self._call('GET', '/api/ledger', query=query)
            yield from page['entries']
            left -= len(page['entries'])
            before = page['before']
            if before is None:
                return

    def jobs(self, state: Optional[str] = None, limit: Optional[int] = None) -> List[Json]:
        """Jobs, newest first."""
        return self._call('GET', '/api/jobs', query={'state': state, 'limit': limit})['jobs']

    def cancel(self, job: str) -> Json:
        """Stops a job; one that has ended stays as it ended."""
        return self._call('DELETE', f'/api/jobs/{_quoted(job)}')

    def replay(self, id: str) -> Json:
        """Makes a work again from its record and compares: ``{'equal': True, …}``."""
        return self._call('POST', f'/api/works/{_quoted(id)}/replay')

    def export(self, id: str, format: str, **settings: Any) -> bytes:
        """A work as a file of a format; settings are the format's own."""
        return self._bytes(f'/api/works/{_quoted(id)}/export/{_quoted(format)}', _camel(settings))

    def upload(self, path: PathLike) -> Json:
        """Brings a file; what can be read becomes a work of its medium. Answers ``{'file': …, 'job': …}``."""
        source = Path(path)
        headers = {
            'content-type': 'application/octet-stream',
            'x-file-name': urllib.parse.quote(source.name, safe=''),
        }
        return self._read(self._open('POST', '/api/files', source.read_bytes(), headers))

    def close(self) -> None:
        """Ends a system that was started for this agent; the agent cannot be used any more."""
        self._closed = True
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for thread in self._readers:
            thread.join(1)
        for stream in (child.stdout, child.stderr):
            if stream is not None:
                stream.close()

    def _make(
        self,
        role: str,
        usual: str,
        prompt: str,
        seed: Optional[int],
        count: Optional[int],
        options: Mapping[str, Any],
    ) -> Art:
        request = {'brief': prompt, 'arts': [role], 'seed': seed, 'count': count, role: _camel(options)}

        def finish(end: Json, roles: Mapping[str, str]) -> Art:
            return Art(self, self._pages(end, roles, role), usual)

        return self._start('/api/create', request, finish).result()

    def _pages(self, end: Json, roles: Mapping[str, str], role: str) -> List[Json]:
        ids = [work['id'] for work in end['works'] if roles.get(work['id']) == role]
        if not ids:
            raise LLMAgentError('bug', 'sdk/bad-answer', 'No work came back.', 'Use the same release on both sides.')
        return [self.works.get(id) for id in ids]

    def _training_files(self, files: Union[PathLike, Iterable[PathLike]]) -> Json:
        if isinstance(files, (str, os.PathLike)):
            path = Path(files)
            if path.is_dir():
                return {'folder': str(path.resolve())}
            files = [path]
        return {'files': [self.upload(path)['file']['id'] for path in files]}

    def _start(self, path: str, request: Mapping[str, Any], finish: _Finish) -> Running:
        body = {name: value for name, value in request.items() if value is not None}
        return Running(self, self._call('POST', path, body)['id'], finish)

    def _cancel_quietly(self, job: str) -> None:
        try:
            self.cancel(job)
        except LLMAgentError:
            pass

    def _events(self, job: str) -> Iterator[Json]:
        """Events of one job from its first, through lost connections."""
        last: Optional[str] = None
        lost: Optional[float] = None
        while True:
            headers = {'accept': 'text/event-stream'}
            if last is not None:
                headers['last-event-id'] = last
            try:
                with self._open('GET', f'/api/events?job={_quoted(job)}', None, headers) as answer:
                    for id, event in _read_events(answer):
                        lost = None
                        last = id or last
                        yield event
                        if event.get('type') in ('job-end', 'job-error'):
                            return
            except LLMAgentError as error:
                if error.code != 'sdk/unreachable':
                    raise
            except (OSError, HTTPException):
                pass
            now = time.monotonic()
            lost = now if lost is None else lost
            if now - lost > _LOST_PATIENCE:
                raise _unreachable(self._url or '', 'the events ended')
            time.sleep(0.2)

    def _call(
        self, method: str, path: str, body: Optional[Mapping[str, Any]] = None, query: Optional[Mapping[str, Any]] = None
    ) -> Any:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if data is None else {'content-type': 'application/json'}
        return self._read(self._open(method, path + _query(query), data, headers))

    def _read(self, answer: Any) -> Any:
        with answer:
            try:
                return json.loads(answer.read())
            except (ValueError, HTTPException) as cause:
                raise LLMAgentError(
                    'bug', 'sdk/bad-answer', 'The answer is no JSON.', 'Use the same release on both sides.'
                ) from cause

    def _bytes(self, path: str, query: Optional[Mapping[str, Any]] = None) -> bytes:
        with self._open('GET', path + _query(query), None, {}) as answer:
            return answer.read()

    def _open(self, method: str, path: str, data: Optional[bytes], headers: Mapping[str, str]) -> Any:
        url, key = self._reach()
        given = {**headers, **({'authorization': f'Bearer {key}'} if key else {})}
        request = urllib.request.Request(url + path, data=data, method=method, headers=given)
        try:
            return self._opener.open(request, timeout=_READ_PATIENCE)
        except urllib.error.HTTPError as answer:
            raise _error_of(answer) from None
        except (OSError, HTTPException) as cause:
            raise _unreachable(url, str(getattr(cause, 'reason', cause))) from cause

    def _reach(self) -> 'tuple[str, Optional[str]]':
        """Address and key of the system: the one that was named, that runs, or that is started now."""
        if self._closed:
            raise LLMAgentError('input', 'sdk/closed', 'This agent was closed.', 'Create a new LLMAgent.')
        with self._lock:
            if self._url is None:
                found = self._find() or self._launch()
                self._url, self._key = found
            elif self._child is not None and self._child.poll() is not None:
                self._child = None
                self._url, self._key = self._launch()
            return self._url, self._key

    def _server_file(self) -> Json:
        try:
            return json.loads((self.home / 'server.json').read_text(encoding='utf-8'))
        except (OSError, ValueError):
            return {}

    def _find(self) -> 'Optional[tuple[str, str]]':
        file = self._server_file()
        running = file.get('running')
        if not running:
            return None
        url, key = f"http://{running['host']}:{running['port']}", file['key']
        request = urllib.request.Request(f'{url}/api/system', headers={'authorization': f'Bearer {key}'})
        try:
            with self._opener.open(request, timeout=_CONNECT_PATIENCE):
                return url, key
        except (OSError, HTTPException):
            return None

    def _launch(self) -> 'tuple[str, str]':
        command = _launch_command(self._launcher)
        serve = ['serve', '--port', '0', '--no-open', '--no-build', '--attached', '--json']
        environment = {**os.environ, 'LLMAGENTOS_HOME': str(self.home)}
        child = subprocess.Popen(
            [*command, *serve],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        said: List[bytes] = []
        self._readers = [_thread(lambda: said.extend(child.stderr or ()))]
        late = threading.Timer(_START_PATIENCE, child.kill)
        late.daemon = True
        late.start()
        try:
            for line in child.stdout or ():
                if line.startswith(b'{"serving"'):
                    self._child = child
                    # What it still says is nobody's to wait for.
                    self._readers.append(_thread(lambda: [None for _ in child.stdout or ()]))
                    return json.loads(line)['serving']['url'], self._server_file()['key']
        finally:
            late.cancel()
        words = b''.join(said).decode(errors='replace').strip()[-2000:]
        raise LLMAgentError(
            'unavailable',
            'sdk/server-gone',
            f'LLMAgentOS ended unexpectedly (exit code {child.wait()}); its last words: {words or "none"}.',
            'Run `llmagentos serve` by hand to see why.',
            {'message': f'LLMAgentOS 意外结束：{words}', 'hint': '可手动运行 `llmagentos serve` 查看原因。'},
        )


def _thread(target: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


def _launch_command(launcher: Optional[PathLike]) -> List[str]:
    """How the system is started: the launcher of the repository by Node, or the command on the PATH."""
    beside = Path(__file__).resolve().parents[2] / 'bin' / 'llmagentos'
    own = Path(launcher) if launcher else beside
    node = shutil.which('node')
    if own.is_file() and node:
        return [node, str(own)]
    on_path = shutil.which('llmagentos')
    if on_path and not launcher:
        return [on_path]
    raise LLMAgentError(
        'missing',
        'sdk/no-launcher',
        f'There is no launcher at {own}, or no Node.js to run it.',
        "Name it: LLMAgent(launcher='…/bin/llmagentos'), or reach a running system by url and key.",
        {
            'message': f'{own} 处没有启动器，或没有可运行它的 Node.js。',
            'hint': "请给出路径：LLMAgent(launcher='…/bin/llmagentos')，或用 url 和 key 连接运行中的系统。",
        },
    )


def _camel(options: Mapping[str, Any]) -> Json:
    """Names of Python to names of the system: max_length → maxLength; absent ones are left out."""

    def name(snake: str) -> str:
        first, *rest = snake.split('_')
        return first + ''.join(part[:1].upper() + part[1:] for part in rest)

    return {name(key): value for key, value in options.items() if value is not None}


def _query(query: Optional[Mapping[str, Any]]) -> str:
    """`?a=1&b=true`; absent values are left out, truth is written as the system reads it."""
    given = {k: (str(v).lower() if isinstance(v, bool) else v) for k, v in (query or {}).items() if v is not None}
    return f'?{urllib.parse.urlencode(given)}' if given else ''


def _quoted(part: str) -> str:
    return urllib.parse.quote(part, safe='')


def _read_events(answer: Any) -> Iterator['tuple[Optional[str], Json]']:
    """Server-sent events of an answer: id and data of each."""
    id: Optional[str] = None
    data: List[str] = []
    for raw in answer:
        line = raw.decode('utf-8').rstrip('\r\n')
        if line == '':
            if data:
                yield id, json.loads('\n'.join(data))
            data = []
        elif line.startswith('id:'):
            id = line[3:].lstrip()
        elif line.startswith('data:'):
            data.append(line[5:].lstrip(' '))


def _error_of(answer: urllib.error.HTTPError) -> LLMAgentError:
    try:
        with answer:
            return LLMAgentError.of(json.loads(answer.read())['error'])
    except (ValueError, KeyError, TypeError, OSError):
        return LLMAgentError(
            'bug', 'sdk/bad-answer', f'The system answered {answer.code} without saying why.', 'Try it again.'
        )


def _unreachable(url: str, why: str) -> LLMAgentError:
    return LLMAgentError(
        'unavailable',
        'sdk/unreachable',
        f'The system at {url} does not answer: {why}.',
        'Start it with `llmagentos serve`.',
        {'message': f'{url} 处的系统没有应答：{why}。', 'hint': '请用 `llmagentos serve` 启动。'},
    )


def _cancelled() -> LLMAgentError:
    return LLMAgentError(
        'cancelled', 'core/cancelled', 'Stopped, as asked.', 'Run it again.', {'message': '已按要求停止。', 'hint': '可再运行一次。'}
    )
