using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Receives what a backend makes for one job: images go into the store, progress to the job.</summary>
internal sealed class JobRenderSink(Job job, ImageRecorder recorder) : IRenderSink
{
    private readonly List<ImageRecord> _unprocessed = [];
    private int _opened;

    /// <summary>Images that are stored but not yet what the caller asked for.</summary>
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
        return recorder.CreateImage(job, number, stored => OnStoredAsync(stored, number));
    }

    private async Task OnStoredAsync(StoredImage image, int number)
    {
        var needsProcessing = PostProcessor.IsNeeded(job.Plan);
        var record = await recorder.RecordAsync(job, image, number, delivered: !needsProcessing);
        if (needsProcessing)
        {
            _unprocessed.Add(record);
        }
        else
        {
            await recorder.DeliverAsync(job, record);
        }
    }
}
