// Every part of trading by the unmodified @alpacahq/alpaca-trade-api.
//
// Usage: node trading.mjs '<the line that pm simulator --json prints>' [<folder of node_modules>]
// Ends with exit code 0 and the line "smoke passed", or with the first thing that was wrong.

import { createRequire } from "node:module";
import path from "node:path";

const ready = JSON.parse(process.argv[2]);
const require = createRequire(path.resolve(process.argv[3] ?? ".", "trading.js"));
const { trading } = require("@alpacahq/alpaca-trade-api");

function check(truth, what) {
  if (!truth) {
    console.error(`smoke failed: ${what}`);
    process.exit(1);
  }
  console.log(`ok ${what}`);
}

async function refused(what, status, action) {
  const error = await action().then(
    () => undefined,
    (it) => it,
  );
  check((error?.status ?? error?.response?.status) === status, `${what} is refused with ${status}`);
}

const [account] = ready.accounts;
const configuration = new trading.Configuration({
  basePath: ready.trading,
  keyId: account.key,
  secret: account.secret,
});
const orders = new trading.OrdersApi(configuration);
const positions = new trading.PositionsApi(configuration);
const place = (order) =>
  orders.postOrder({
    postOrderRequest: { qty: "1", side: "buy", type: "market", timeInForce: "day", ...order },
  });

const assets = await new trading.AssetsApi(configuration).getV2Assets({ assetClass: "us_equity" });
check(
  assets.some((it) => it.symbol === "AAPL"),
  "assets",
);
const inNinetyDays = new Date(Date.now() + 90 * 86_400_000);
const contracts = await new trading.AssetsApi(configuration).getOptionsContracts({
  underlyingSymbols: "AAPL",
  expirationDateLte: inNinetyDays,
  limit: 3,
});
check(contracts.optionContracts.length === 3, "option contracts");
const option = contracts.optionContracts[0].symbol;

const configurations = new trading.AccountConfigurationsApi(configuration);
check((await configurations.getAccountConfig()).noShorting === false, "configurations");
await configurations.patchAccountConfig({ accountConfigurations: { noShorting: true } });
await refused("a short sale", 403, () => place({ symbol: "WMT", side: "sell" }));
await configurations.patchAccountConfig({ accountConfigurations: { noShorting: false } });

const bracket = await place({
  symbol: "AAPL",
  qty: "10",
  orderClass: "bracket",
  takeProfit: { limitPrice: "900" },
  stopLoss: { stopPrice: "10" },
});
check(bracket.legs.length === 2, "bracket");
check((await positions.getOpenPosition({ symbolOrAssetId: "AAPL" })).qtyAvailable === "0", "held");
const resting = await place({
  symbol: "MSFT",
  type: "limit",
  limitPrice: "5",
  clientOrderId: "node-mine",
});
check(
  (await orders.getOrderByClientOrderId({ clientOrderId: "node-mine" })).id === resting.id,
  "order by client id",
);
const replaced = await orders.patchOrderByOrderId({
  orderId: resting.id,
  patchOrderRequest: { limitPrice: "6", qty: "2" },
});
check(replaced.replaces === resting.id, "replaced");
const nested = await orders.getAllOrders({ status: "all", nested: true, symbols: "AAPL,MSFT", direction: "asc" });
check(nested[0].id === bracket.id && nested[0].legs.length === 2, "orders, nested");

await place({ symbol: option, qty: "2", positionIntent: "buy_to_open" });
await refused("another intent", 422, () =>
  place({ symbol: option, side: "sell", positionIntent: "sell_to_open" }),
);
const part = await positions.deleteOpenPosition({ symbolOrAssetId: option, qty: 1 });
check(part.positionIntent === "sell_to_close", "part of a position closed");

const activities = await new trading.AccountActivitiesApi(configuration).getAccountActivities();
check(activities.length > 0, "activities");
const history = await new trading.PortfolioHistoryApi(configuration).getAccountPortfolioHistory({
  period: "1D",
  timeframe: "5Min",
});
check(history.equity.length === history.timestamp.length, "portfolio history");

const cancelled = await orders.deleteAllOrders();
check(cancelled.length > 0 && cancelled.every((it) => it.status === 200), "all orders cancelled");
const closed = await positions.deleteAllOpenPositions({ cancelOrders: true });
check(
  closed.every((it) => it.status === 200),
  "all positions closed",
);
check((await positions.getAllOpenPositions()).length === 0, "no position is left");
console.log("smoke passed");
