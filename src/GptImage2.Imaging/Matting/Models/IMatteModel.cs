using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Matting.Models;

/// <summary>Finds the subject of an image, whatever is behind it.</summary>
public interface IMatteModel
{
    /// <summary>For records and texts.</summary>
    string Name { get; }

    /// <summary>Whether the model is there and may be read. It is not loaded.</summary>
    /// <returns>What it is, in a few words.</returns>
    /// <exception cref="MatteModelException">It is not there, or cannot be read.</exception>
    string Describe();

    /// <summary>Finds the subject. Waits while another image is looked at.</summary>
    /// <exception cref="MatteModelException">The model cannot be used.</exception>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    Task<Matte> PredictAsync(EncodedImage image, CancellationToken cancellationToken);
}
