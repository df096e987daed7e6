"""Serves moto's DynamoDB on a free port of 127.0.0.1, which it prints, until it is ended.

One request at a time: moto checks a condition and writes in two steps, between which no other request may come.
"""

import logging

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server(
    "127.0.0.1",
    0,
    DomainDispatcherApplication(create_backend_app),
    threaded=False,
    request_handler=MotoRequestHandler,
)
print(server.port, flush=True)
server.serve_forever()
