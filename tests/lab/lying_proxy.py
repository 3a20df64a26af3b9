"""A Spark Connect server → the same server, except that chosen queries get a wrong answer."""
import concurrent.futures
import contextlib

import grpc
import pyarrow
from pyspark.sql.connect.proto import base_pb2

STREAMS = ("/ExecutePlan", "/ReattachExecute")
UPLOADS = ("/AddArtifacts",)


def spoil(batch):
    """Gives an Arrow stream with the first number or text of its last row changed."""
    table = pyarrow.ipc.open_stream(batch).read_all()
    rows = table.to_pylist()
    if not rows:
        return batch
    first = table.column_names[0]
    value = rows[-1][first]
    rows[-1][first] = value + "!" if isinstance(value, str) else value + 1
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(pyarrow.Table.from_pylist(rows, table.schema))
    return sink.getvalue().to_pybytes()


class Proxy(grpc.GenericRpcHandler):
    def __init__(self, channel, is_spoiled):
        self.channel = channel
        self.is_spoiled = is_spoiled

    def service(self, details):
        method = details.method

        def relay_error(call, context):
            if call.code() != grpc.StatusCode.OK:
                context.set_trailing_metadata(tuple(call.trailing_metadata()))
                context.abort(call.code(), call.details())

        def stream(request, context):
            plan = base_pb2.ExecutePlanRequest.FromString(request).plan
            lies = method.endswith("/ExecutePlan") and self.is_spoiled(plan.root.sql.query)
            call = self.channel.unary_stream(method)(request)
            try:
                for reply in call:
                    message = base_pb2.ExecutePlanResponse.FromString(reply)
                    if lies and message.HasField("arrow_batch") and message.arrow_batch.row_count:
                        message.arrow_batch.data = spoil(message.arrow_batch.data)
                        reply = message.SerializeToString()
                    yield reply
            except grpc.RpcError:
                relay_error(call, context)

        def single(request, context):
            try:
                return self.channel.unary_unary(method)(request)
            except grpc.RpcError as error:
                relay_error(error, context)

        if method.endswith(STREAMS):
            return grpc.unary_stream_rpc_method_handler(stream)
        if method.endswith(UPLOADS):
            return grpc.stream_unary_rpc_method_handler(
                lambda requests, context: self.channel.stream_unary(method)(requests)
            )
        return grpc.unary_unary_rpc_method_handler(single)


@contextlib.contextmanager
def lying_proxy(remote, is_spoiled):
    """Gives the address of a proxy before `remote` that spoils the queries for which it is told to."""
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
    with grpc.insecure_channel(remote.removeprefix("sc://")) as channel:
        server.add_generic_rpc_handlers([Proxy(channel, is_spoiled)])
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.stop(None).wait()
