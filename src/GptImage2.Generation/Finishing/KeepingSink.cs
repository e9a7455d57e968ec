using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Finishing;

/// <summary>Takes what a backend makes for one job: pictures into the store, news to the waiters.</summary>
internal sealed class KeepingSink(Job job, Keeper keeper) : IRenderSink
{
    private readonly List<ImageRecord> _unfinished = [];
    private int _opened;

    /// <summary>Pictures that are safe but not yet what the caller asked for.</summary>
    public IReadOnlyList<ImageRecord> Unfinished => _unfinished;

    public void Report(RenderStage stage) => job.Enter(stage switch
    {
        RenderStage.Sending => JobStage.Sending,
        RenderStage.Drawing => JobStage.Drawing,
        _ => JobStage.Receiving,
    });

    public void Partial(ReadOnlyMemory<byte> encoded) => job.AddPartial();

    public IncomingImage OpenImage()
    {
        job.Enter(JobStage.Receiving);
        var number = ++_opened;
        return new NotifyingImage(keeper.Create(job, number), kept => KeptAsync(kept, number));
    }

    private async Task KeptAsync(KeptImage kept, int number)
    {
        var needsFinishing = Finisher.IsNeeded(job.Plan);
        var record = await keeper.RecordAsync(job, kept, number, delivered: !needsFinishing);
        if (needsFinishing)
        {
            _unfinished.Add(record);
        }
        else
        {
            await keeper.DeliverAsync(job, record);
        }
    }
}
