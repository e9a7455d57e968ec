using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>Brings to an end what a process that died has left.</summary>
public interface IJobRepair
{
    /// <summary>Adopts and finishes what arrived of a job, and writes down how it ended. Does nothing where another process is faster.</summary>
    Task RepairAsync(JobRow row);
}
