using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Takes what a backend makes for one job: pictures into the store, news to the waiters.</summary>
internal sealed class JobRenderSink(Job job, ImageRecorder keeper) : IRenderSink
{
    private readonly List<ImageRecord> _unprocessed = [];
    private int _opened;

    /// <summary>Pictures that are safe but not yet what the caller asked for.</summary>
    public IReadOnlyList<ImageRecord> Unprocessed => _unprocessed;

    public void Report(RenderStage stage) => job.EnterStage(stage switch
    {
        RenderStage.Sending => JobStage.Sending,
        RenderStage.Drawing => JobStage.Drawing,
        _ => JobStage.Receiving,
    });

    public void Partial(ReadOnlyMemory<byte> encoded) => job.AddPartial();

    public IncomingImage OpenImage()
    {
        job.EnterStage(JobStage.Receiving);
        var number = ++_opened;
        return new NotifyingIncomingImage(keeper.CreateImage(job, number), kept => OnImageStoredAsync(kept, number));
    }

    private async Task OnImageStoredAsync(StoredImage kept, int number)
    {
        var needsFinishing = PostProcessor.IsNeeded(job.Plan);
        var record = await keeper.RecordAsync(job, kept, number, delivered: !needsFinishing);
        if (needsFinishing)
        {
            _unprocessed.Add(record);
        }
        else
        {
            await keeper.DeliverAsync(job, record);
        }
    }
}
