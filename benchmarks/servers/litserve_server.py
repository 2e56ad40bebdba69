"""LitServe, which batches, on POST /predict: litserve_server.py PORT"""
import sys

import litserve
from fastapi import Response


class Samples(litserve.LitAPI):
    def setup(self, device):
        import decoder

        self.decoder = decoder

    def decode_request(self, request):
        return int(request["label"]), int(request["seed"])

    def batch(self, inputs):
        return inputs

    def predict(self, inputs):
        return list(self.decoder.decode([seed for _, seed in inputs], [label for label, _ in inputs]))

    def unbatch(self, output):
        return output

    def encode_response(self, output):
        return Response(self.decoder.png(output), media_type="image/png")


if __name__ == "__main__":
    server = litserve.LitServer(
        Samples(max_batch_size=64, batch_timeout=0.001), accelerator="cpu")
    server.run(host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", generate_client_file=False)
