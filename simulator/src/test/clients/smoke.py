"""Drives a running simulator with the unmodified alpaca-py.

Usage: python smoke.py '<the line that pm simulator --json prints>'
Ends with exit code 0 and the line "smoke passed", or with the first thing that was wrong.
"""

import asyncio
import json
import sys
import threading
from datetime import datetime, timedelta, timezone

from alpaca.common.exceptions import APIError
from alpaca.data.historical.option import OptionHistoricalDataClient
from alpaca.data.historical.stock import StockHistoricalDataClient
from alpaca.data.live.option import OptionDataStream
from alpaca.data.live.stock import StockDataStream
from alpaca.data.requests import (
    OptionChainRequest,
    OptionLatestQuoteRequest,
    StockBarsRequest,
    StockLatestQuoteRequest,
    StockSnapshotRequest,
    StockTradesRequest,
)
from alpaca.data.timeframe import TimeFrame
from alpaca.trading.client import TradingClient
from alpaca.trading.enums import OrderSide, OrderStatus, TimeInForce
from alpaca.trading.requests import LimitOrderRequest, MarketOrderRequest
from alpaca.trading.stream import TradingStream

PATIENCE_SECONDS = 20


def check(truth, what):
    if not truth:
        sys.exit(f"smoke failed: {what}")
    print(f"ok {what}", flush=True)


class Heard:
    """What a stream told, and a way to wait for it."""

    def __init__(self, stream):
        self.stream = stream
        self.messages = []
        self.changed = threading.Condition()
        threading.Thread(target=stream.run, daemon=True).start()

    def add(self, message):
        with self.changed:
            self.messages.append(message)
            self.changed.notify_all()

    def wait_for(self, truth):
        with self.changed:
            return self.changed.wait_for(
                lambda: any(truth(it) for it in self.messages), PATIENCE_SECONDS
            )


def listen(make, subscribe):
    """Starts a stream whose messages are kept."""
    box = []
    early = []

    async def keep(message):
        (box[0].add if box else early.append)(message)

    stream = make()
    subscribe(stream, keep)
    heard = Heard(stream)
    box.append(heard)
    for message in early:
        heard.add(message)
    return heard


def main(ready):
    account = ready["accounts"][0]
    keys = (account["key"], account["secret"])
    option = next(it for it in ready["option_symbols"] if it.startswith("AAPL"))

    trading = TradingClient(*keys, paper=True, url_override=ready["trading"])
    check(trading.get_account().status == "ACTIVE", "account")
    check(trading.get_clock().is_open, "clock is open")

    updates = listen(
        lambda: TradingStream(*keys, url_override=ready["stream"] + "/stream"),
        lambda stream, keep: stream.subscribe_trade_updates(keep),
    )
    stocks = listen(
        lambda: StockDataStream(*keys, url_override=ready["stream"] + "/v2/iex"),
        lambda stream, keep: (
            stream.subscribe_quotes(keep, "AAPL"),
            stream.subscribe_trades(keep, "AAPL", "MSFT"),
        ),
    )
    options = listen(
        lambda: OptionDataStream(*keys, url_override=ready["stream"] + "/v1beta1/indicative"),
        lambda stream, keep: stream.subscribe_quotes(keep, option),
    )
    check(stocks.wait_for(lambda it: getattr(it, "bid_price", 0) > 0), "stock quotes stream")
    check(stocks.wait_for(lambda it: getattr(it, "price", 0) > 0), "stock trades stream")
    check(options.wait_for(lambda it: it.symbol == option and it.ask_price > 0.1), "option stream")

    resting = trading.submit_order(
        LimitOrderRequest(
            symbol="AAPL",
            qty=1,
            side=OrderSide.BUY,
            time_in_force=TimeInForce.DAY,
            limit_price=1.5,
            client_order_id="smoke-py-resting",
        )
    )
    check(
        updates.wait_for(lambda it: it.order.id == resting.id and it.event == "new"),
        "new order on the trading stream",
    )
    trading.cancel_order_by_id(resting.id)
    check(
        updates.wait_for(lambda it: it.order.id == resting.id and it.event == "canceled"),
        "canceled order on the trading stream",
    )
    check(trading.get_order_by_id(resting.id).status == OrderStatus.CANCELED, "canceled by REST")

    bought = trading.submit_order(
        MarketOrderRequest(
            symbol="AAPL", qty=1, side=OrderSide.BUY, time_in_force=TimeInForce.DAY
        )
    )
    check(
        updates.wait_for(lambda it: it.order.id == bought.id and it.event == "fill" and it.price > 0),
        "fill on the trading stream",
    )
    check(float(trading.get_open_position("AAPL").qty) == 1, "position")
    try:
        trading.submit_order(
            MarketOrderRequest(
                symbol="AAPL",
                qty=1,
                side=OrderSide.BUY,
                time_in_force=TimeInForce.DAY,
                client_order_id="smoke-py-resting",
            )
        )
        check(False, "a client order id used twice is refused")
    except APIError as refused:
        check(refused.code == 40010001, "a client order id used twice is refused")

    data = StockHistoricalDataClient(*keys, url_override=ready["data"])
    quote = data.get_stock_latest_quote(StockLatestQuoteRequest(symbol_or_symbols=["AAPL"]))
    check(quote["AAPL"].ask_price > quote["AAPL"].bid_price > 0, "latest stock quote")
    since = datetime.now(timezone.utc) - timedelta(minutes=30)
    bars = data.get_stock_bars(
        StockBarsRequest(symbol_or_symbols=["AAPL", "MSFT"], timeframe=TimeFrame.Minute, start=since)
    )
    check(len(bars["AAPL"]) >= 25 and len(bars["MSFT"]) >= 25, "stock bars")
    trades = data.get_stock_trades(StockTradesRequest(symbol_or_symbols="AAPL", start=since))
    check(len(trades["AAPL"]) > 100, "stock trades")
    snapshot = data.get_stock_snapshot(StockSnapshotRequest(symbol_or_symbols=["AAPL"]))["AAPL"]
    check(snapshot.previous_daily_bar.close > 0, "stock snapshot")

    contracts = OptionHistoricalDataClient(*keys, url_override=ready["data"])
    quotes = contracts.get_option_latest_quote(OptionLatestQuoteRequest(symbol_or_symbols=option))
    check(quotes[option].bid_price > 0.1, "latest option quote")
    chain = contracts.get_option_chain(OptionChainRequest(underlying_symbol="AAPL"))
    check(option in chain and chain[option].greeks is not None, "option chain")

    for heard in (updates, stocks, options):
        asyncio.run_coroutine_threadsafe(heard.stream.stop_ws(), heard.stream._loop)
    print("smoke passed", flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
