/** What the program says of itself. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { run } from '../support/run';

/** It went well and had nothing to complain of. */
async function said(words: readonly string[]): Promise<string> {
  const it = await run(words);
  assert.deepEqual([it.code, it.complaint], [0, ''], words.join(' '));
  return it.said;
}

async function commands(): Promise<string[]> {
  return [...(await said(['help'])).matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name = '']) => name);
}

export function helps(): void {
  describe('the program', () => {
    test('says its version, which is that of the build', async () => {
      const version = /version: '([\d.]+)'/.exec(readFileSync('meson.build', 'utf8'))?.[1];
      for (const words of [
        ['--version'],
        ['-V'],
        ['version'],
        ['serve', '--version'],
        ['serve', '--port', '1', '-V'],
      ]) {
        assert.equal(await said(words), `tracetrack ${version}\n`, words.join(' '));
      }
    });

    test('lists its commands', async () => {
      const all = await said(['help']);
      assert.ok((await commands()).length >= 10);
      for (const words of [['--help'], ['-h'], ['help', '--help', 'x']])
        assert.ok((await said(words)).includes('tracetrack'), words.join(' '));
      assert.equal(await said(['--help']), all);
    });

    test('tells of every command what it takes, whichever way it is asked', async () => {
      for (const command of await commands()) {
        const help = await said(['help', command]);
        assert.match(help, new RegExp(`^usage: tracetrack ${command}\\b`));
        for (const words of [
          [command, '--help'],
          [command, '-h'],
          [command, '--listen', '127.0.0.1:1', '--help'],
          ['--help', command],
        ]) {
          if (words[0] !== '--help') assert.equal(await said(words), help, words.join(' '));
          else assert.match(await said(words), /^usage: tracetrack /);
        }
      }
    });

    test('tells every setting, with its default and its variable', async () => {
      const help = await said(['serve', '--help']);
      const rows = [
        ...readFileSync('docs/CONFIG.md', 'utf8').matchAll(
          /^\| `(\w+)` \| ([^|]*) \| ([^|]*) \| `?(\w*)`? *\| (.*) \|$/gm,
        ),
      ];
      assert.ok(rows.length > 30);
      for (const [, name = '', , standard = '', variable = ''] of rows) {
        const line = new RegExp(`^ {2}--${name.replace(/_/g, '-')} .*$`, 'm').exec(help)?.[0];
        assert.ok(line !== undefined, name);
        if (standard.trim() !== '') assert.ok(line.includes(`(${standard.trim()}`), line);
        if (variable !== '') assert.ok(line.endsWith(`$${variable}`), line);
      }
    });

    test('tells the flags and actions that are a command’s own', async () => {
      const own = {
        demo: ['--bags NUMBER', '--seed NUMBER', '--password TEXT'],
        user: ['list', 'add NAME', 'two-factor-off NAME', '--role ROLE'],
        audit: ['verify', '--seal SEAL'],
        routes: ['--json', '--limits'],
        config: ['--markdown'],
      };
      for (const [command, words] of Object.entries(own)) {
        const help = await said(['help', command]);
        for (const word of words) assert.ok(help.includes(`  ${word} `), `${command}: ${word}`);
      }
    });

    test('does not know other commands, and says so alone', async () => {
      for (const words of [['nosuch'], ['help', 'nosuch'], ['Serve'], ['--nosuch']]) {
        const it = await run(words);
        const complaint = `tracetrack: there is no command "${words[words.length - 1]}"; see tracetrack help\n`;
        assert.deepEqual(it, { code: 64, said: '', complaint });
      }
      const none = await run([]);
      assert.deepEqual([none.code, none.complaint], [64, '']);
      assert.equal(none.said, await said(['help']));
    });

    test('takes no flag of another command, nor one without its value', async () => {
      const wrong: [words: string[], why: string][] = [
        [['routes', '--bags'], '"--bags" is not an option'],
        [['routes', 'more'], '"more" is not an option'],
        [['config', '--markdown', 'more'], '"more" is not an option'],
        [['demo', '--bags'], '--bags: a value is missing'],
        [['demo', '--bags', 'many'], '--bags takes a number'],
        [['user'], 'user wants an action'],
        [['user', 'add'], 'user add wants a name'],
        [['audit', 'falsify'], 'audit wants an action'],
        [['config', '--port'], '--port: a value is missing'],
      ];
      for (const [words, why] of wrong) {
        const it = await run(words);
        assert.deepEqual([it.code, it.said], [78, ''], words.join(' '));
        assert.ok(it.complaint.startsWith(`tracetrack: ${why}`), it.complaint);
        assert.equal(it.complaint.split('\n').length, 2);
      }
    });

    test('fails when what it says can’t be written', async () => {
      const it = await run(['-c', '"$0" help > /dev/full', process.env['TRACETRACK'] ?? 'build/tracetrack'], {
        command: 'sh',
      });
      assert.equal(it.code, 74);
      assert.match(it.complaint, /^tracetrack: standard output: No space left on device\n$/);
    });
  });
}
