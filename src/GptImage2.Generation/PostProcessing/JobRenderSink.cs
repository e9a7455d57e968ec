using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Receives what a backend makes for one job: images go into the store, progress to the job.</summary>
internal sealed class JobRenderSink(Job job, ImageRecorder recorder, JobStateWriter state, JobReservations reservations) : IRenderSink
{
    private readonly List<ImageRecord> _unprocessed = [];
    private bool _isSecond;
    private decimal _paid;
    private int _stored = job.Resumed?.StoredImages ?? 0;

    /// <summary>Whether an image is stored.</summary>
    public bool HasImages => _stored > 0;

    /// <summary>How many are.</summary>
    public int StoredCount => _stored;

    /// <summary>Images that are stored but not yet what the caller asked for.</summary>
    public IReadOnlyList<ImageRecord> Unprocessed => _unprocessed;

    public bool IsGivenUp => job.Cancellation.IsCancellationRequested;

    public void Report(RenderStage stage) => job.EnterStage(stage switch
    {
        RenderStage.Sending => JobStage.Sending,
        RenderStage.Drawing => JobStage.Drawing,
        _ => JobStage.Receiving,
    });

    public void ReportProgress(double share) => job.ReportProgress(share);

    /// <summary>A second picture cannot be told from the first by its checkpoint, so another process does not take it up.</summary>
    public Task SaveCheckpointAsync(string checkpoint) => _isSecond ? state.MarkSendingAsync(job) : state.SaveCheckpointAsync(job, checkpoint);

    public Task ConfirmPriceAsync(decimal credits)
    {
        var all = job.Plan.Request.HasSecondPicture ? Math.Max(_paid + credits, job.Plan.Price.Credits ?? 0) : credits;
        return reservations.ConfirmAsync(job, Price.FromCredits(all, (job.Plan.Validated.Profile.Tariff as Tariff.Quoted)?.UsdPerCredit));
    }

    /// <summary>What follows is the second picture of two.</summary>
    /// <param name="paid">Credits that the first has cost.</param>
    public void BeginSecondPicture(decimal paid)
    {
        (_isSecond, _paid) = (true, paid);
        job.RecordCheckpoint(null);
    }

    public void ReportPanels(IReadOnlyList<PanelResult> panels) => job.ReportPanels(panels);

    public void Warn(string warning) => job.AddWarning(warning);

    public void Partial(ReadOnlyMemory<byte> encoded) => job.AddPartial();

    public IncomingImage OpenImage()
    {
        job.EnterStage(JobStage.Receiving);

        // One that was given up half-way is opened again under its number.
        var number = _stored + 1;
        return recorder.CreateImage(job, number, stored => OnStoredAsync(stored, number));
    }

    private async Task OnStoredAsync(StoredImage image, int number)
    {
        _stored = number;
        if (number <= job.Plan.Request.Count && PostProcessor.DescribeOtherSize(job.Plan, image) is { } warning)
        {
            job.AddWarning(warning);
        }

        var needsProcessing = PostProcessor.IsNeeded(job.Plan, image.File);
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
