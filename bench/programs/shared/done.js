// Says how long an exchange took that began at a time of Date.now.
export function done(begin) {
  console.log(JSON.stringify({ ms: Date.now() - begin }));
}
