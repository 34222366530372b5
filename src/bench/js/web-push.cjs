// web-push.cjs ADDRESS MESSAGES: npm's web-push sends so many messages, each to a device of its own, over connections that
// are kept; prints how many a second.
const crypto = require('node:crypto');
const https = require('node:https');
const webPush = require('web-push');

const AT_ONCE = 256;
const [, , address, messages] = process.argv;

const agent = new https.Agent({ keepAlive: true, maxSockets: 64 });
const vapid = { subject: 'mailto:bench@example.org', ...webPush.generateVAPIDKeys() };
const payload = crypto.randomBytes(400).toString('base64').slice(0, 512);

const devices = Array.from({ length: Math.min(Number(messages), 1000) }, (_, i) => {
  const keys = crypto.createECDH('prime256v1');
  return {
    endpoint: address + i,
    keys: { p256dh: keys.generateKeys('base64url'), auth: crypto.randomBytes(16).toString('base64url') },
  };
});

async function send(count) {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const device = devices[next++ % devices.length];
        await webPush.sendNotification(device, payload, { vapidDetails: vapid, TTL: 3600, agent });
      }
    }),
  );
}

(async () => {
  await send(Math.ceil(messages / 10));
  const began = process.hrtime.bigint();
  await send(Number(messages));
  console.log((Number(messages) / (Number(process.hrtime.bigint() - began) / 1e9)).toFixed(1));
  process.exit(0);
})();
