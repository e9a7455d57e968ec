using Microsoft.ML.OnnxRuntime;

namespace GptImage2.Matting.Onnx.Graphs;

/// <summary>
/// The native runtime, loaded and set up once in a process, by the first model: silent, without telemetry, and with one pool of memory for all
/// models that has a limit and gives back what it does not use.
/// </summary>
internal static class OnnxEnvironment
{
    /// <summary>Take just as much as is asked for, so that all of it can be given back.</summary>
    private const int AsRequested = 1;

    private const int Default = -1;

    private static readonly Lock Gate = new();
    private static bool _isReady;

    /// <exception cref="DllNotFoundException">There is no such library for this platform.</exception>
    internal static void Start(int memoryMegabytes)
    {
        lock (Gate)
        {
            if (_isReady)
            {
                return;
            }

            var options = new EnvironmentCreationOptions { logId = "matting", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            var environment = OrtEnv.IsCreated ? OrtEnv.Instance() : OrtEnv.CreateInstanceWithOptions(ref options);
            environment.DisableTelemetryEvents();
            using var arena = new OrtArenaCfg((uint)memoryMegabytes << 20, AsRequested, Default, Default);
            using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
            environment.CreateAndRegisterAllocator(memory, arena);
            _isReady = true;
        }
    }

    internal static SessionOptions CreateOptions(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            EnableMemoryPattern = false,
        };
        options.AddSessionConfigEntry("session.use_env_allocators", "1");

        // Threads that wait would keep a core busy between two steps.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    internal static RunOptions CreateRunOptions()
    {
        var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        return options;
    }
}
