"""Every part of trading by the unmodified alpaca-py, each answer read into its own models.

Usage: python trading.py '<the line that pm simulator --json prints>'
Ends with exit code 0 and the line "smoke passed", or with the first thing that was wrong.
"""

import json
import sys
from datetime import date, timedelta

from alpaca.common.enums import Sort
from alpaca.common.exceptions import APIError
from alpaca.trading.client import TradingClient
from alpaca.trading.enums import (
    AssetClass,
    AssetStatus,
    OrderClass,
    OrderSide,
    OrderStatus,
    PositionIntent,
    PositionSide,
    QueryOrderStatus,
    TimeInForce,
)
from alpaca.trading.requests import (
    ClosePositionRequest,
    GetAssetsRequest,
    GetCalendarRequest,
    GetOptionContractsRequest,
    GetOrdersRequest,
    GetPortfolioHistoryRequest,
    LimitOrderRequest,
    MarketOrderRequest,
    ReplaceOrderRequest,
    StopLimitOrderRequest,
    StopLossRequest,
    StopOrderRequest,
    TakeProfitRequest,
    TrailingStopOrderRequest,
)

DAY = TimeInForce.DAY


def check(truth, what):
    if not truth:
        sys.exit(f"smoke failed: {what}")
    print(f"ok {what}", flush=True)


def refused(what, code, action):
    try:
        action()
    except APIError as error:
        check(error.code == code, f"{what} is refused with {code}")
    else:
        check(False, f"{what} is refused")


def buy(kind, symbol, **more):
    return kind(symbol=symbol, side=OrderSide.BUY, **{"time_in_force": DAY, **more})


def sell(kind, symbol, **more):
    return kind(symbol=symbol, side=OrderSide.SELL, **{"time_in_force": DAY, **more})


ready = json.loads(sys.argv[1])
account = ready["accounts"][0]
client = TradingClient(
    account["key"], account["secret"], paper=True, url_override=ready["trading"]
)

days = client.get_calendar(GetCalendarRequest(start=date.today(), end=date.today()))
check([day.date for day in days] == [date.today()], "calendar")
assets = client.get_all_assets(
    GetAssetsRequest(asset_class=AssetClass.US_EQUITY, status=AssetStatus.ACTIVE)
)
check({"AAPL", "MSFT"} <= {asset.symbol for asset in assets}, "assets")
check(client.get_asset(str(assets[0].id)).symbol == assets[0].symbol, "asset by id")
contracts = client.get_option_contracts(
    GetOptionContractsRequest(
        underlying_symbols=["AAPL"], expiration_date_lte=date.today() + timedelta(90), limit=3
    )
).option_contracts
check(len(contracts) == 3, "option contracts")
option = contracts[0].symbol
check(client.get_option_contract(option).underlying_symbol == "AAPL", "option contract")

configuration = client.get_account_configurations()
configuration.no_shorting = True
check(client.set_account_configurations(configuration).no_shorting, "configurations are set")
refused(
    "a short sale",
    40310000,
    lambda: client.submit_order(sell(MarketOrderRequest, "WMT", qty=1)),
)
configuration.no_shorting = False
client.set_account_configurations(configuration)

bracket = client.submit_order(
    buy(
        MarketOrderRequest,
        "AAPL",
        qty=10,
        order_class=OrderClass.BRACKET,
        take_profit=TakeProfitRequest(limit_price=900),
        stop_loss=StopLossRequest(stop_price=10),
    )
)
check(bracket.order_class == OrderClass.BRACKET and len(bracket.legs) == 2, "bracket")
held = client.get_open_position("AAPL")
check(held.qty == "10" and held.qty_available == "0", "a bracket holds what it bought")
refused(
    "what a bracket holds",
    40310000,
    lambda: client.submit_order(sell(MarketOrderRequest, "AAPL", qty=1)),
)
client.cancel_order_by_id(bracket.legs[0].id)
check(
    client.get_order_by_id(bracket.legs[1].id).status == OrderStatus.CANCELED,
    "one exit ends with the other",
)
oco = client.submit_order(
    sell(
        LimitOrderRequest,
        "AAPL",
        qty=10,
        limit_price=900,
        order_class=OrderClass.OCO,
        take_profit=TakeProfitRequest(limit_price=900),
        stop_loss=StopLossRequest(stop_price=10, limit_price=9),
    )
)
check(oco.order_class == OrderClass.OCO and len(oco.legs) == 1, "oco")
oto = client.submit_order(
    buy(
        LimitOrderRequest,
        "MSFT",
        qty=1,
        limit_price=10,
        order_class=OrderClass.OTO,
        stop_loss=StopLossRequest(stop_price=5),
    )
)
check(oto.legs[0].status == OrderStatus.HELD, "oto")
waiting = [
    client.submit_order(it)
    for it in (
        buy(LimitOrderRequest, "KO", qty=2, limit_price=5, client_order_id="mine"),
        buy(StopOrderRequest, "KO", qty=1, stop_price=900),
        buy(StopLimitOrderRequest, "KO", qty=1, stop_price=900, limit_price=910),
        buy(TrailingStopOrderRequest, "KO", qty=1, trail_percent=20),
        buy(LimitOrderRequest, "KO", qty=1, limit_price=5, extended_hours=True),
        buy(LimitOrderRequest, "KO", qty=1, limit_price=5, time_in_force=TimeInForce.GTC),
    )
]
check(all(it.status == OrderStatus.NEW or it.status == OrderStatus.ACCEPTED for it in waiting), "types")
check(client.get_order_by_client_id("mine").id == waiting[0].id, "order by client id")
replaced = client.replace_order_by_id(waiting[0].id, ReplaceOrderRequest(qty=3, limit_price=6))
check(replaced.id != waiting[0].id and replaced.replaces == waiting[0].id, "replaced")
check(
    client.submit_order(
        buy(LimitOrderRequest, "KO", qty=1, limit_price=5, time_in_force=TimeInForce.IOC)
    ).status
    == OrderStatus.CANCELED,
    "immediate or cancel",
)
notional = client.submit_order(buy(MarketOrderRequest, "BAC", notional=100))
check(notional.qty is None and float(notional.filled_qty) > 1, "notional")

asked = GetOrdersRequest(
    status=QueryOrderStatus.ALL,
    nested=True,
    limit=3,
    direction=Sort.ASC,
    symbols=["AAPL", "MSFT"],
    side=OrderSide.BUY,
)
listed = client.get_orders(asked)
check([it.id for it in listed] == [bracket.id, oto.id], "orders by symbol and side, nested")
open_ids = {it.id for it in client.get_orders()}
check(replaced.id in open_ids and waiting[0].id not in open_ids, "open orders")

contract = client.submit_order(
    buy(MarketOrderRequest, option, qty=2, position_intent=PositionIntent.BUY_TO_OPEN)
)
check(contract.asset_class == AssetClass.US_OPTION, "option bought")
refused(
    "another intent",
    42210000,
    lambda: client.submit_order(
        sell(MarketOrderRequest, option, qty=1, position_intent=PositionIntent.SELL_TO_OPEN)
    ),
)
refused(
    "an uncovered call",
    40310000,
    lambda: client.submit_order(
        sell(MarketOrderRequest, next(it for it in ready["option_symbols"] if "TSLA" in it), qty=1)
    ),
)
check(
    client.close_position(option, ClosePositionRequest(qty="1")).position_intent
    == PositionIntent.SELL_TO_CLOSE,
    "part of a position closed",
)
client.submit_order(sell(MarketOrderRequest, "WMT", qty=5))
short = client.get_open_position("WMT")
check(short.side == PositionSide.SHORT and short.qty_available == "-5", "short")
check(client.close_position("WMT", ClosePositionRequest(percentage="40")).qty == "2", "percentage")

history = client.get_portfolio_history(GetPortfolioHistoryRequest(period="1D", timeframe="5Min"))
check(len(history.equity) == len(history.timestamp) > 0, "portfolio history")
check(
    {it["activity_type"] for it in client.get("/account/activities")} == {"FILL"}, "activities"
)
cancelled = client.cancel_orders()
check(cancelled and all(it.status == 200 for it in cancelled), "all orders cancelled")
check(client.get_orders() == [], "no order is open")
closed = client.close_all_positions(cancel_orders=True)
check(closed and all(it.status == 200 for it in closed), "all positions closed")
check(client.get_all_positions() == [], "no position is left")
print("smoke passed")
