// Most tests wait for another process; the slowest would otherwise keep the others waiting.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
