// Writes hosts.json and paths.json: how Node reads the hosts, and the paths and
// queries, of ws URLs. Run: node hosts.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const labels = [
  'localhost', 'LOCALHOST', 'localhoſt', 'loc\u00adalhost', '%6cocalhost', 'l%C2%ADocalhost', 'ｌｏｃａｌｈｏｓｔ', 'ⓛocalhost', 'ip6-localhost', 'a_b',
  'bücher', 'faß', 'xn--a', 'xn--bcher-kva', 'ẞ', 'a..b', '-a', 'a-', 'a\u200db', 'a\u200cb', 'Å', 'K', 'ﬁ', '℡', 'ʰ', '١٢٧', '𝟏𝟐𝟕', '⒈', '㏂',
];
const numbers = [
  '127.0.0.1', '127.1', '127.0.1', '0x7f.1', '0X7F.0.0.1', '2130706433', '0x7f000001', '017700000001', '0177.0.0.1', '127.0.0.01', '0', '00', '0x', '0x.0x.0',
  '0.0.0.0', '1', '１２７．０．０．１', '①②⑦.0.0.1', '127。0。0。1', '127｡0｡0｡1', '%31%32%37.0.0.1', '256', '4294967295', '4294967296', '1.2.3.4.5', '1.2.3.256', '1.65536',
  '1.65535.1', '08', '09.1', '0x7g.1', '1e3', '127.0.0.1x', 'x127.0.0.1', '999999999999', '127.0.0.', '.127.0.0.1',
];
const addresses = [
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::ffff:127.0.0.1]', '[::FFFF:7F00:1]', '[::0.0.0.1]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[fe80::1]', '[::1%25lo]', '[1::2::3]', '[::ffff:127.1]', '[::ffff:0177.0.0.1]', '[::00001]', '[1:2:3:4:5:6:7:8:9]', '[1:2:3:4:5:6:7:8]', '[1:0:0:4:0:0:7:8]', '[::1', '::1]', '[]',
];
const hosts = new Set([...labels, ...numbers, ...addresses]);
for (const host of [...labels, ...numbers]) {
  for (const form of [host + '.', host + '..', host + '。', host + '%2e', 'a.' + host, host + '.localhost', host + '.example', 'u:p@' + host]) hosts.add(form);
}
const read = (host) => {
  try {
    return new URL('ws://' + host + ':4820/').hostname;
  } catch {
    return null;
  }
};
const write = (file, pairs) => {
  const lines = pairs.map((pair) => JSON.stringify(pair)).join(',\n');
  writeFileSync(fileURLToPath(new URL(file, import.meta.url)), '[\n' + lines + '\n]\n');
};
write('hosts.json', [...hosts].map((host) => [host, read(host)]));

const pieces = [
  'a', '.', '..', '%2e', '%2E%2e', '.%2e', '%2f', '%2F', '%5c', '', 'ä', '€', '😀', '%C3%A4', '%zz', '%', '|', '^', '"', "'", '`', '<', '>', '{', '}', '[', ']', '!$&()*+,;=:@', '~', '\u200b', '...', 'a.b', '%00', '%7F', '%25',
];
const paths = new Set();
for (const first of pieces) {
  for (const second of pieces) {
    for (const path of [`/${first}/${second}`, `/${first}${second}`, `/x?${first}${second}`, `?${first}=${second}`, `/${first}/${second}/..`]) paths.add(path);
  }
}
write('paths.json', [...paths].map((path) => {
  const url = new URL('ws://h' + path);
  return [path, url.pathname + url.search];
}));
