// Drives a running simulator with the unmodified @alpacahq/alpaca-trade-api.
//
// Usage: node smoke.mjs '<the line that pm simulator --json prints>' [<folder of node_modules>]
// Ends with exit code 0 and the line "smoke passed", or with the first thing that was wrong.

import { createRequire } from "node:module";
import path from "node:path";

const ready = JSON.parse(process.argv[2]);
const require = createRequire(path.resolve(process.argv[3] ?? ".", "smoke.js"));
const { trading, marketData, streaming } = require("@alpacahq/alpaca-trade-api");

const PATIENCE_MS = 20_000;

function check(truth, what) {
  if (!truth) {
    console.error(`smoke failed: ${what}`);
    process.exit(1);
  }
  console.log(`ok ${what}`);
}

// Keeps what a stream tells, and waits for it.
class Heard {
  #messages = [];
  #waiting = [];

  add(message) {
    this.#messages.push(message);
    this.#waiting.forEach((it) => it());
  }

  waitFor(truth) {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#messages.some(truth)) {
          clearTimeout(timer);
          resolve(true);
        }
      };
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      this.#waiting.push(look);
      look();
    });
  }
}

const account = ready.accounts[0];
const credentials = { keyId: account.key, secret: account.secret };
const option = ready.option_symbols.find((it) => it.startsWith("AAPL"));

const forTrading = new trading.Configuration({ basePath: ready.trading, ...credentials });
const account1 = await new trading.AccountsApi(forTrading).getAccount();
check(account1.status === "ACTIVE", "account");
check((await new trading.ClockApi(forTrading).legacyClock()).isOpen, "clock is open");

const updates = new Heard();
const listening = new Heard();
const updateStream = new streaming.TradingStream({ credentials, url: `${ready.stream}/stream` });
updateStream.onTradeUpdate((it) => updates.add(it));
updateStream.on(streaming.EVENT.SUBSCRIPTION, (it) => listening.add(it));
updateStream.onConnect(() => updateStream.subscribeTradeUpdates());
updateStream.connect();
check(await listening.waitFor((it) => it.includes("trade_updates")), "trading stream listens");

const quotes = new Heard();
const trades = new Heard();
const stockStream = new streaming.StockDataStream({ credentials, url: `${ready.stream}/v2/iex` });
stockStream.onQuote((it) => quotes.add(it));
stockStream.onTrade((it) => trades.add(it));
stockStream.onConnect(() => {
  stockStream.subscribeForQuotes(["AAPL"]);
  stockStream.subscribeForTrades(["AAPL", "MSFT"]);
});
stockStream.connect();
check(await quotes.waitFor((it) => it.symbol === "AAPL" && it.bidPrice > 0), "stock quotes stream");
check(await trades.waitFor((it) => it.price > 0 && it.timestamp instanceof Date), "stock trades stream");

const optionQuotes = new Heard();
const optionStream = new streaming.OptionDataStream({
  credentials,
  url: `${ready.stream}/v1beta1/indicative`,
});
optionStream.onQuote((it) => optionQuotes.add(it));
optionStream.onConnect(() => optionStream.subscribeForQuotes([option]));
optionStream.connect();
check(await optionQuotes.waitFor((it) => it.symbol === option && it.askPrice > 0.1), "option stream");

const orders = new trading.OrdersApi(forTrading);
const resting = await orders.postOrder({
  postOrderRequest: {
    symbol: "MSFT",
    qty: "1",
    side: "buy",
    type: "limit",
    timeInForce: "day",
    limitPrice: "1.5",
    clientOrderId: "smoke-node-resting",
  },
});
check(
  await updates.waitFor((it) => it.order.id === resting.id && it.event === "new"),
  "new order on the trading stream",
);
await orders.deleteOrderByOrderID({ orderId: resting.id });
check(
  await updates.waitFor((it) => it.order.id === resting.id && it.event === "canceled"),
  "canceled order on the trading stream",
);
const bought = await orders.postOrder({
  postOrderRequest: { symbol: "MSFT", qty: "1", side: "buy", type: "market", timeInForce: "day" },
});
check(
  await updates.waitFor((it) => it.order.id === bought.id && it.event === "fill" && Number(it.price) > 0),
  "fill on the trading stream",
);
const position = await new trading.PositionsApi(forTrading).getOpenPosition({
  symbolOrAssetId: "MSFT",
});
check(Number(position.qty) === 1, "position");

const forData = new marketData.Configuration({ basePath: ready.data, ...credentials });
const stocks = new marketData.StockApi(forData);
const latest = await stocks.stockLatestQuotes({ symbols: "AAPL,MSFT" });
check(Object.keys(latest.quotes).length === 2, "latest stock quotes");
const start = new Date(Date.now() - 30 * 60_000);
const bars = await stocks.stockBars({ symbols: "AAPL,MSFT", timeframe: "1Min", start });
check(bars.bars.AAPL.length >= 25 && bars.bars.MSFT.length >= 25, "stock bars");
const snapshots = await stocks.stockSnapshots({ symbols: "AAPL" });
check(snapshots.AAPL !== undefined, "stock snapshots");
const options = new marketData.OptionApi(forData);
const optionLatest = await options.optionLatestQuotes({ symbols: option });
check(optionLatest.quotes[option] !== undefined, "latest option quote");
const chain = await options.optionChain({ underlyingSymbol: "AAPL", type: "call" });
check(Object.keys(chain.snapshots).length > 0, "option chain");

[updateStream, stockStream, optionStream].forEach((it) => it.disconnect());
console.log("smoke passed");
process.exit(0);
