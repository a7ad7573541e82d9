import { once } from 'node:events';
import { createConnection } from 'node:net';

/** One signed-in XMPP connection, with as much of the protocol as rooms need: the load must cost little beside the server. */
export interface Talker {
  join(room: string): Promise<void>;
  /** Answers when the room gives it back, which it does after it archived it. */
  say(room: string, text: string): Promise<void>;
  /** Messages of rooms that came, one's own included. */
  readonly delivered: number;
}

const stream = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>`;
const stanza = /<message\b[^>]*>|<presence\b[^>]*from='([^'/]*)@[^>]*>(?:(?!<\/presence>).)*?code='110'/g;

export async function openTalker(port: number, name: string): Promise<Talker> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  const waiting = new Map<string, () => void>();
  let rest = '';
  let [said, delivered] = [0, 0];
  const answered = async (to: string, sign: string) => {
    socket.write(to);
    let text = '';
    while (!text.includes(sign)) text += (await once(socket, 'data'))[0];
  };
  await answered(stream, '</stream:features>');
  const secret = Buffer.from(`\0${name}\0any`).toString('base64');
  await answered(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, '<success');
  await answered(stream, '</stream:features>');
  await answered(`<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`, '</iq>');
  socket.write('<presence/>');

  socket.on('data', (chunk: string) => {
    rest += chunk;
    const end = Math.max(rest.lastIndexOf('</message>'), rest.lastIndexOf('</presence>'));
    if (end < 0) return;
    for (const [whole, room] of rest.slice(0, end).matchAll(stanza)) {
      if (room !== undefined) done(`join ${room}`);
      else if (whole.includes("type='groupchat'")) {
        delivered++;
        const id = /\bid='(\w+)'/.exec(whole)?.[1];
        if (id?.startsWith(`${name}x`)) done(id);
      }
    }
    rest = rest.slice(end);
  });
  const done = (what: string) => {
    waiting.get(what)?.();
    waiting.delete(what);
  };
  const ask = (what: string, words: string) =>
    new Promise<void>((resolve) => {
      waiting.set(what, resolve);
      socket.write(words);
    });
  return {
    join: (room) =>
      ask(
        `join ${room}`,
        `<presence to='${room}@conference.localhost/${name}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`,
      ),
    say(room, text) {
      const id = `${name}x${said++}`;
      return ask(id, `<message to='${room}@conference.localhost' type='groupchat' id='${id}'><body>${text}</body></message>`);
    },
    get delivered() {
      return delivered;
    },
  };
}
