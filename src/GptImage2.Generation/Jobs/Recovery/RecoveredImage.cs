using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>What there is of one picture of a job whose process has ended.</summary>
/// <param name="Number">Which of the job's pictures, from 1.</param>
/// <param name="Kept">As the service made it; null where it never arrived whole.</param>
/// <param name="Finished">As the caller asked for it; null where finishing had not ended.</param>
public sealed record RecoveredImage(int Number, RecoveredFile? Kept, RecoveredFile? Finished);

/// <summary>A picture that is whole and has its name.</summary>
/// <param name="Record">How it was made, where that was written down beside it.</param>
public sealed record RecoveredFile(StoredImage Image, ImageRecord? Record);
