"""A Ray cluster of two nodes on the loopback interface, for scripts/test-scale and scripts/bench-scale.

Run under a Python that has Ray. It prints the cluster's address, then obeys the lines of its input: `kill` kills
the second node's raylet without notice and starts another; the end of input ends the cluster.
"""
import json
import sys

from ray.cluster_utils import Cluster


def main():
    cpus = [int(count) for count in sys.argv[1:]] or [1, 1]
    # Told 127.0.0.1, Ray takes the machine's own address; told another of loopback, it keeps to it.
    place = {"node_ip_address": "127.0.0.2", "object_store_memory": 100 * 2**20}
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": cpus[0], "include_dashboard": False, **place},
    )
    nodes = [cluster.add_node(num_cpus=count, **place) for count in cpus[1:]]
    print(json.dumps({"address": cluster.address}), flush=True)
    for line in sys.stdin:
        if line.strip() == "kill" and nodes:
            cluster.remove_node(nodes.pop(), allow_graceful=False)
            nodes.append(cluster.add_node(num_cpus=cpus[1], **place))
            print(json.dumps({"killed": "raylet"}), flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main()
