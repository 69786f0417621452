package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Which scenario a simulator is started with: a file's, or the standard one. A standard one with a
 * data folder is kept there, so that the next start has the same keys and symbols.
 */
record ScenarioChoice(
    Optional<Path> scenario,
    Optional<Path> accounts,
    Optional<Path> data,
    Optional<MarketHours> hours,
    Optional<Long> seed) {
  private static final long DEFAULT_SEED = 1;

  Scenario read() throws UsageException {
    if (scenario.isPresent()) {
      if (seed.isPresent()) {
        throw new UsageException("--seed is the scenario's; leave it out, or change its seed");
      }
      Scenario read = read(scenario.get(), "--scenario");
      return withAccounts(hours.map(read::at).orElse(read));
    }
    Optional<Path> kept = data.map(folder -> folder.resolve("scenario.json"));
    if (kept.filter(Files::exists).isPresent()) {
      if (accounts.isPresent() || seed.isPresent()) {
        throw new UsageException(
            "--data %s has accounts and seed of its own; leave out --accounts and --seed, or give"
                    .formatted(data.get())
                + " another folder");
      }
      Scenario read = read(kept.get(), "--data");
      return hours.map(read::at).orElse(read);
    }
    List<Scenario.AccountSeed> seeds =
        accounts.isPresent() ? AccountsFile.read(accounts.get()) : AccountsFile.standard();
    Scenario standard =
        StandardMarket.at(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            seeds,
            hours.orElse(MarketHours.NYSE),
            seed.orElse(DEFAULT_SEED));
    if (kept.isPresent()) {
      keep(standard, kept.get());
    }
    return standard;
  }

  private Scenario withAccounts(Scenario read) throws UsageException {
    if (accounts.isEmpty()) {
      return read;
    }
    return new Scenario(
        read.start(),
        read.speed(),
        read.paces(),
        read.seed(),
        AccountsFile.read(accounts.get()),
        read.prices(),
        read.market(),
        read.live(),
        read.events(),
        read.streams(),
        read.faults(),
        read.streamFaults());
  }

  private static Scenario read(Path file, String option) throws UsageException {
    try {
      return SimulatorCommand.mapper()
          .registerModule(
              new SimpleModule().addDeserializer(BigDecimal.class, new BoundedDecimals()))
          .readValue(Files.readString(file), Scenario.class)
          .from(file.toAbsolutePath().getParent());
    } catch (JsonProcessingException e) {
      throw new UsageException(
          file + ": " + e.getOriginalMessage().lines().findFirst().orElse("is no scenario"));
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read; give an existing file with " + option);
    }
  }

  private static void keep(Scenario standard, Path file) throws UsageException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, SimulatorCommand.mapper().writeValueAsBytes(standard));
    } catch (IOException e) {
      throw new UsageException(
          "--data " + file.getParent() + " cannot be written; give another folder");
    }
  }
}
