// The least that PM2 can look after.
setInterval(() => {}, 60_000);
process.send?.("ready");
