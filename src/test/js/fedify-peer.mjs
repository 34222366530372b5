// A server of the fediverse that nobody here wrote: Fedify, with one account, alice. For FedifyTest.
//
//   node fedify-peer.mjs PORT [gated]  prints "ready" once it listens on 127.0.0.1; gated: alice is shown to whoever signs alone
//
// POST /do/follow?whom=URI, /do/unfollow, /do/like?what=URI, /do/announce?what=URI, /do/takeBack?what=Like|Announce,
//      /do/reply?what=URI, /do/read?what=URI, /do/readSigned?what=URI, /do/quote?what=URI, /do/stamp?what=URI, /do/blur?hash=HASH
// GET  /seen                           what came into its inbox and was verified, oldest first, as JSON
import { createServer } from "node:http";
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import {
  Activity, Announce, Create, Endpoints, Follow, isActor, Like, Mention, Note, Person, QuoteAuthorization, QuoteRequest, Undo,
} from "@fedify/vocab";
import { decode } from "blurhash";

const port = Number(process.argv[2]);
const gated = process.argv[3] === "gated";
const origin = `http://127.0.0.1:${port}`;
const pairs = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
const seen = [];
const PUBLIC = new URL("https://www.w3.org/ns/activitystreams#Public");

const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true, origin });

federation
  .setActorDispatcher("/users/{identifier}", async (context, identifier) => {
    if (identifier !== "alice") return null;
    const keys = await context.getActorKeyPairs(identifier);
    return new Person({
      id: context.getActorUri(identifier),
      preferredUsername: identifier,
      name: "Alice",
      inbox: context.getInboxUri(identifier),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      url: context.getActorUri(identifier),
      publicKey: keys[0].cryptographicKey,
      assertionMethods: keys.map((key) => key.multikey),
    });
  })
  .setKeyPairsDispatcher(() => pairs)
  .authorize(async (context) => !gated || (await context.getSignedKey()) != null);

federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(Activity, async (context, activity) => {
    seen.push(await activity.toJsonLd({ contextLoader: context.contextLoader, format: "compact" }));
  });

let followed;
const given = {};
const actions = {
  async follow(context, { whom }) {
    const actor = await context.lookupObject(whom);
    if (!isActor(actor)) throw new Error(`${whom} is no actor: ${actor}`);
    followed = new Follow({ id: new URL(`${origin}/follows/${Date.now()}`), actor: context.getActorUri("alice"), object: actor.id });
    await send(context, actor, followed);
    return { name: String(actor.name), handle: actor.preferredUsername, type: actor.constructor.name, followers: actor.followersId?.href };
  },
  async unfollow(context) {
    const actor = await context.lookupObject(followed.objectId);
    await send(context, actor, new Undo({ id: new URL(`${followed.id}/undo`), actor: context.getActorUri("alice"), object: followed }));
  },
  async reply(context, { what }) {
    const note = await context.lookupObject(what);
    const actor = await context.lookupObject(note.attributionId);
    const id = new URL(`${origin}/notes/${Date.now()}`);
    const reply = new Note({
      id, attribution: context.getActorUri("alice"), replyTarget: note.id, content: "<p>À quelle heure ?</p>", to: PUBLIC, cc: actor.id,
      tags: [new Mention({ href: actor.id, name: `@${actor.preferredUsername}` })],
    });
    await send(context, actor, new Create({ id: new URL(`${id}#create`), actor: context.getActorUri("alice"), object: reply, to: PUBLIC }));
    return { id: id.href };
  },
  async like(context, { what }) {
    const note = await context.lookupObject(what);
    const actor = await context.lookupObject(note.attributionId);
    given.Like = new Like({ id: new URL(`${origin}/likes/${Date.now()}`), actor: context.getActorUri("alice"), object: note.id });
    await send(context, actor, given.Like);
  },
  async announce(context, { what }) {
    const note = await context.lookupObject(what);
    const actor = await context.lookupObject(note.attributionId);
    given.Announce = new Announce({ id: new URL(`${origin}/boosts/${Date.now()}`), actor: context.getActorUri("alice"), object: note.id, to: PUBLIC });
    await send(context, actor, given.Announce);
  },
  async takeBack(context, { what }) {
    const note = await context.lookupObject(given[what].objectId);
    const actor = await context.lookupObject(note.attributionId);
    await send(context, actor, new Undo({ id: new URL(`${given[what].id}/undo`), actor: context.getActorUri("alice"), object: given[what] }));
  },
  async readSigned(context, { what }) {
    return shown(await context.lookupObject(what, { documentLoader: await context.getDocumentLoader({ identifier: "alice" }) }));
  },
  async quote(context, { what }) {
    const documentLoader = await context.getDocumentLoader({ identifier: "alice" });
    const note = await context.lookupObject(what, { documentLoader });
    const id = new URL(`${origin}/notes/${Date.now()}`);
    const quoting = new Note({ id, attribution: context.getActorUri("alice"), content: "<p>À lire !</p>", to: PUBLIC });
    await send(context, await context.lookupObject(note.attributionId, { documentLoader }), new QuoteRequest({
      id: new URL(`${id}/quote`), actor: context.getActorUri("alice"), object: note.id, instrument: quoting,
    }));
    const policy = note.interactionPolicy?.canQuote?.automaticApprovals ?? [];
    return { id: id.href, may: policy.map(String) };
  },
  async stamp(context, { what }) {
    const documentLoader = await context.getDocumentLoader({ identifier: "alice" });
    const stamp = await context.lookupObject(what, { documentLoader });
    if (!(stamp instanceof QuoteAuthorization)) throw new Error(`${what} is no stamp: ${stamp}`);
    return {
      by: stamp.attributionId?.href, post: stamp.interactingObjectId?.href, notice: stamp.interactionTargetId?.href,
    };
  },
  async read(context, { what }) {
    return shown(await context.lookupObject(what));
  },
  async blur(context, { hash }) {
    const pixels = decode(hash, 8, 4);
    const at = (x) => [...pixels.slice(4 * (2 * 8 + x), 4 * (2 * 8 + x) + 3)];
    return { left: at(0), right: at(7) };
  },
};

function shown(object) {
  return object == null ? null : { type: object.constructor.name, content: String(object.content), url: object.url?.href };
}

async function send(context, actor, activity) {
  await context.sendActivity({ identifier: "alice" }, actor, activity, { immediate: true });
}

createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, origin);
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const request = new Request(url, {
    method: incoming.method,
    headers: new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: body.length > 0 ? body : undefined,
  });
  let response;
  try {
    const context = federation.createContext(request, undefined);
    if (url.pathname === "/seen") {
      response = Response.json(seen);
    } else if (url.pathname.startsWith("/do/")) {
      const said = await actions[url.pathname.slice(4)](context, Object.fromEntries(url.searchParams));
      response = Response.json(said ?? {});
    } else {
      response = await federation.fetch(request, { contextData: undefined });
    }
  } catch (e) {
    response = new Response(String(e.stack ?? e), { status: 500 });
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(port, "127.0.0.1", () => console.log("ready"));
