using GptImage2.Generation.Jobs.Persistence;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Brings to an end what a process that died has left.</summary>
public interface IJobRecovery
{
    /// <summary>Adopts and finishes what arrived of a job, and writes down how it ended. Does nothing where another process is faster.</summary>
    Task RecoverJobAsync(JobRecord row);
}
