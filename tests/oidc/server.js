// A real OpenID Connect provider on this machine. It prints its port, then obeys lines of JSON on
// its input: {"redirect": address} names the hub's way back, {"who": subject} chooses who sits at
// the browser, {"rotate": true} signs with a new key, {"deny": true} turns the next one away.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const state = { who: 'nobody', redirect: null, deny: false, keys: [] };
let serve = null;
let issuer = null;

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig' };
  state.keys = [{ ...key, alg: 'RS256' }];
}

async function grantEverything(ctx) {
  const { client, session, provider } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

function findAccount(_ctx, id) {
  const claims = () => ({ sub: id, name: `Name of ${id}`, email: `${id}@harbour.example` });
  return { accountId: id, claims };
}

function rebuild() {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'linden',
      client_secret: 'a secret of forty characters, at least so',
      redirect_uris: state.redirect ? [state.redirect] : ['https://nowhere.example/back'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    jwks: { keys: state.keys },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount,
    loadExistingGrant: grantEverything,
  });
  const answer = provider.callback();
  serve = async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    const { deny } = state;
    state.deny = false;
    const result = deny
      ? { error: 'access_denied', error_description: 'turned away' }
      : { login: { accountId: state.who } };
    return provider.interactionFinished(request, response, result);
  };
}

const server = createServer((request, response) => {
  Promise.resolve(serve(request, response)).catch((fault) => {
    response.statusCode = 500;
    response.end(String(fault));
  });
});

server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  newKey();
  rebuild();
  console.log(JSON.stringify({ issuer }));
});

createInterface({ input: process.stdin }).on('line', (line) => {
  const told = JSON.parse(line);
  Object.assign(state, told);
  if (told.rotate) newKey();
  if (told.rotate || told.redirect) rebuild();
  console.log(JSON.stringify({ done: true }));
}).on('close', () => process.exit(0));
