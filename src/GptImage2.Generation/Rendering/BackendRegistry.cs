using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Rendering;

/// <summary>The backends of this server. Each call is planned for the one that carries it out, by that backend's profile.</summary>
/// <param name="models">Those that draw images, in the order in which the user prefers them; at least one.</param>
/// <param name="tables">Of every backend this program knows.</param>
/// <param name="backgroundRemoval">Removes backgrounds, on this machine.</param>
/// <param name="boards">Puts images on boards, on this machine.</param>
/// <param name="backgroundModel">Removes any background by a model, on this machine; null where it has none.</param>
/// <param name="storyboards">Has boards drawn panel by panel; null where nobody asks for them.</param>
public sealed class BackendRegistry(
    IReadOnlyList<IImageBackend> models, IEnumerable<ModelTable> tables, IImageBackend backgroundRemoval, IImageBackend boards, IImageBackend? backgroundModel = null, IImageBackend? storyboards = null)
{
    /// <summary>The service key of the backend that removes backgrounds.</summary>
    public const string BackgroundRemovalKey = "background-removal";

    /// <summary>The service key of the backend that does so by a model, which need not be there.</summary>
    public const string BackgroundModelKey = "background-model";

    /// <summary>The service key of the backend that puts images on boards.</summary>
    public const string BoardKey = "board";

    /// <summary>The service key of the backend that has boards drawn panel by panel.</summary>
    public const string StoryboardKey = "storyboard";

    private readonly ModelTable[] _tables = [.. tables];

    /// <summary>Those that draw images, in the order in which the user prefers them.</summary>
    public IReadOnlyList<IImageBackend> Models => models;

    /// <summary>The backend that draws unless it fails; tools are described by its profile.</summary>
    public IImageBackend Default => models[0];

    /// <summary>The first whose service removes backgrounds; null where none does.</summary>
    public IImageBackend? BackgroundService => models.Select(backend => backend.BackgroundRemoval).FirstOrDefault(removal => removal is not null);

    /// <summary>Removes any background by a model, on this machine; null where it has none.</summary>
    public IImageBackend? BackgroundModel => backgroundModel;

    public IImageBackend Resolve(ImageRequest request) => request switch
    {
        BackgroundRemovalRequest { Method: CutoutMethod.Model } => backgroundModel ?? throw new InvalidOperationException("No model removes backgrounds; the request had to be refused."),
        BackgroundRemovalRequest { Method: CutoutMethod.Service } => BackgroundService ?? throw new InvalidOperationException("No backend removes backgrounds; the request had to be refused."),
        BackgroundRemovalRequest => backgroundRemoval,
        BoardRequest => boards,
        StoryboardRequest => storyboards ?? throw new InvalidOperationException("This server draws no boards; the request had to be refused."),
        _ => Default,
    };

    /// <summary>Those that come after one in the user's order; none after one that is not in it.</summary>
    public IEnumerable<IImageBackend> ListAfter(IImageBackend backend) => models.SkipWhile(candidate => candidate != backend).Skip(1);

    /// <summary>The backend of that name and model, where it is configured and can go on with what another process has sent.</summary>
    public IResumableBackend? FindResumable(string name, string model) => All.OfType<IResumableBackend>().FirstOrDefault(backend => backend.Name == name && backend.Profile.Model == model);

    /// <summary>The rules of a model, as the backend serves it or served it. What a backend made that this program does not know is finished by the rules of the first.</summary>
    public ModelProfile GetProfile(string backend, string model) =>
        All.FirstOrDefault(candidate => candidate.Name == backend && candidate.Profile.Model == model)?.Profile
        ?? LocalModel.Find(model)
        ?? FindTable(backend)?.Resolve(model)
        ?? Default.Profile with { Model = model };

    /// <summary>The models to choose from at a backend today; its own where it has no others.</summary>
    public IReadOnlyList<ModelProfile> ListModels(IImageBackend backend) => FindTable(backend.Name)?.Current ?? [backend.Profile];

    /// <summary>What the user sets to choose the model of a backend; null where nothing does.</summary>
    public string? FindModelSetting(IImageBackend backend) => FindTable(backend.Name)?.Setting;

    private IEnumerable<IImageBackend> All => models.Concat([.. models.Select(backend => backend.BackgroundRemoval).OfType<IImageBackend>(), .. new[] { backgroundModel, storyboards }.OfType<IImageBackend>()]);

    private ModelTable? FindTable(string backend) => _tables.FirstOrDefault(table => table.Backend == backend);
}
